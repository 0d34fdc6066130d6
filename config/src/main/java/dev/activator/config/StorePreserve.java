package dev.activator.config;

/** When descriptors that a service has stored are kept. systemd.service(5) FileDescriptorStorePreserve= */
public enum StorePreserve implements Word {
    /** They are dropped at the end of each run. */
    NO("no"),
    /** They outlive an automatic restart, and one that is asked for. */
    RESTART("restart"),
    /** They outlive a stop, too, until the super-server ends. */
    YES("yes");

    private final String word;

    StorePreserve(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
