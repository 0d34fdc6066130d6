package dev.activator.config;

/** What became of a unit's files; the words are those of {@code systemctl show -p LoadState}. */
public enum LoadState {
    LOADED("loaded"),
    /** A link to /dev/null or an empty file: never started. */
    MASKED("masked"),
    NOT_FOUND("not-found"),
    /** A setting makes the unit unusable, see its problems. */
    BAD_SETTING("bad-setting"),
    /** A file cannot be read. */
    ERROR("error");

    private final String shown;

    LoadState(String shown) {
        this.shown = shown;
    }

    @Override
    public String toString() {
        return shown;
    }
}
