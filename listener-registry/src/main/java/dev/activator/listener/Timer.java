package dev.activator.listener;

/** One delayed task of the {@link Loop}. */
public interface Timer {

    /** Makes sure that the task does not run from now on; idempotent, and harmless after it ran. */
    void cancel();
}
