package dev.activator.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A long output with only those lines that matter. */
final class Excerpt {
    private Excerpt() {}

    /** The lines that are wanted, each gap between them replaced by a line that says how many are missing. */
    static List<String> of(List<String> lines, Predicate<String> isWanted) {
        List<String> excerpt = new ArrayList<>();
        int missing = 0;
        for (String line : lines) {
            if (isWanted.test(line)) {
                addGap(excerpt, missing);
                missing = 0;
                excerpt.add(line);
            } else {
                missing++;
            }
        }
        addGap(excerpt, missing);
        return excerpt;
    }

    private static void addGap(List<String> excerpt, int missing) {
        if (missing > 0) {
            excerpt.add("... " + missing + (missing == 1 ? " more line" : " more lines"));
        }
    }
}
