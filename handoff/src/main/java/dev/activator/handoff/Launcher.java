package dev.activator.handoff;

/** Makes processes out of launch plans. For the loop's thread. */
public interface Launcher {

    /**
     * Starts the process that the plan describes; the plan's descriptors stay the caller's. Returns once the program, or the first
     * stage of its exec chain, runs: a fraction of a millisecond to a few.
     *
     * @throws LaunchFailure where no process came of it
     */
    ChildProcess launch(LaunchPlan plan) throws LaunchFailure;
}
