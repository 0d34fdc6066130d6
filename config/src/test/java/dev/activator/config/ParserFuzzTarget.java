package dev.activator.config;

/** For a fuzzer that follows the code's branches; the first byte chooses the kind of file. See integration-tests/bench/fuzz. */
public final class ParserFuzzTarget {
    private static final ParserFuzzTest TEST = new ParserFuzzTest();

    private ParserFuzzTarget() {}

    /** Throws where a file is not read as it should be. */
    public static void fuzzerTestOneInput(byte[] input) {
        TEST.readAnyKind(input);
    }
}
