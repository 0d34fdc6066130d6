package dev.activator.cli;

/** The controlled experiment as the command line starts it; the class named {@link #CLASS} implements it and has a public constructor. */
public interface MeasureEntry {
    /** The implementing class. */
    String CLASS = "dev.activator.experiment.Experiment";

    /**
     * Runs to its end and leaves nothing behind but its report, also when the process is told to end meanwhile.
     *
     * @return the exit status of the process
     * @throws Failure if it cannot be carried out, worded for the person at the terminal
     */
    int run(MeasureOptions options, Terminal terminal) throws Exception;
}
