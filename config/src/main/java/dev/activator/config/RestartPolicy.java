package dev.activator.config;

/** After which end a service is started again. systemd.service(5) Restart=. */
public enum RestartPolicy implements Word {
    NO("no"),
    ON_SUCCESS("on-success"),
    ON_FAILURE("on-failure"),
    ON_ABNORMAL("on-abnormal"),
    ON_WATCHDOG("on-watchdog"),
    ON_ABORT("on-abort"),
    ALWAYS("always");

    private final String word;

    RestartPolicy(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
