package dev.activator.cli;

/** The guided tour as the command line starts it; the class named {@link #CLASS} implements it and has a public constructor. */
public interface DemoEntry {
    /** The implementing class. */
    String CLASS = "dev.activator.demo.Demo";

    /**
     * Runs to its end and leaves nothing behind, also when the process is told to end meanwhile.
     *
     * @return the exit status of the process
     * @throws Failure if a step of the tour fails, worded for the person at the terminal
     */
    int run(DemoOptions options, Terminal terminal) throws Exception;
}
