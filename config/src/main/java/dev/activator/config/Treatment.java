package dev.activator.config;

/** What becomes of a client that cannot be served now. WhileSuspended=, OnLimit=. */
public sealed interface Treatment {

    /** It waits in the kernel's queue. */
    record Hold() implements Treatment {}

    /** Its connection is accepted and closed. */
    record Close() implements Treatment {}

    /** Its connection is accepted and reset, so that it learns at once that nobody read what it sent. SO_LINGER, socket(7). */
    record Reset() implements Treatment {}

    /** Its connection is accepted and gets the bytes of a file, such as its protocol's own refusal, before it is closed. */
    record Answer(String file) implements Treatment {}

    Treatment HOLD = new Hold();
    Treatment CLOSE = new Close();
    Treatment RESET = new Reset();
}
