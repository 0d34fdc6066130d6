package dev.activator.config;

/** The fuzz test without a test engine around it. */
public final class ParserFuzzMain {
    private ParserFuzzMain() {}

    /** Ends with an exception where something was found. */
    public static void main(String[] arguments) {
        new ParserFuzzTest().damagedFilesEndWithUnitsOrProblems();
    }
}
