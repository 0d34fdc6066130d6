package dev.activator.handoff;

/** Makes processes out of launch plans. For the loop's thread. */
public interface Launcher extends AutoCloseable {

    /**
     * Starts the process that the plan describes; the plan's descriptors stay the caller's, who may close them at once. Returns after a
     * fraction of a millisecond, mostly before the program itself runs.
     *
     * @throws LaunchFailure where no process came of it. What only the child finds out ends the child instead, whose exit is then
     *     {@link ExitStatus.NeverExecuted}
     */
    ChildProcess launch(LaunchPlan plan) throws LaunchFailure;

    /** Gives back what launches take; processes that were launched go on. */
    @Override
    default void close() {}
}
