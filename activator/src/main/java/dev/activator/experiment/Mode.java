package dev.activator.experiment;

/** The two ways in which the same units are run. */
enum Mode {
    /** Every service is started before the first client comes, and never sleeps. */
    ALWAYS_ON("always on"),
    /** Every service is started by its first client, and sleeps as its unit says. */
    LAZY("lazy");

    private final String label;

    Mode(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
