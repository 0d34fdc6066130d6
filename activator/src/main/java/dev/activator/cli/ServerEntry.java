package dev.activator.cli;

/** The super-server as the command line starts it; the class named {@link #CLASS} implements it and has a public constructor. */
public interface ServerEntry {
    /** The implementing class. */
    String CLASS = "dev.activator.server.Server";

    /**
     * Runs until it is told to stop.
     *
     * @return the exit status of the process
     * @throws Exception if it cannot start
     */
    int run(RunOptions options) throws Exception;
}
