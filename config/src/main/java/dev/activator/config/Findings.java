package dev.activator.config;

/** Where a check of a whole unit tells what it finds; each finding stands where its directive was assigned. */
interface Findings {
    /** The unit is not loaded; the message is a clause. */
    void error(Directive<?> about, String message);

    /** The unit is loaded; the message says what happens. */
    void warning(Directive<?> about, String message);
}
