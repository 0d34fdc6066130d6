package dev.activator.config;

/** A value that its directive cannot take. The message is a clause that follows {@code Name= 'text': }. Never leaves this package. */
final class BadValue extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whether the unit is refused for it; else only the assignment is ignored, as systemd does. */
    private final boolean fatal;

    private BadValue(String message, boolean fatal) {
        super(message, null, false, false);
        this.fatal = fatal;
    }

    /** The assignment is ignored. */
    static BadValue ignored(String reason) {
        return new BadValue(reason, false);
    }

    /** The unit is not loaded. */
    static BadValue fatal(String reason) {
        return new BadValue(reason, true);
    }

    boolean isFatal() {
        return fatal;
    }

    String reason() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
