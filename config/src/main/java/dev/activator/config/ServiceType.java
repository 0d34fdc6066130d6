package dev.activator.config;

/** When a service counts as started. systemd.service(5) Type=. */
public enum ServiceType implements Word {
    /** Once its process was made. */
    SIMPLE("simple"),
    /** Once its program runs. */
    EXEC("exec"),
    /** Once the first process has exited; a child of it goes on. */
    FORKING("forking"),
    /** Once the process has exited with success. */
    ONESHOT("oneshot"),
    /** Once it has taken its bus name. */
    DBUS("dbus"),
    /** Once it has sent READY=1. */
    NOTIFY("notify"),
    /** As notify; it reports the end of a reload too. */
    NOTIFY_RELOAD("notify-reload"),
    /** As simple, after a pause while other units start. */
    IDLE("idle");

    private final String word;

    ServiceType(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
