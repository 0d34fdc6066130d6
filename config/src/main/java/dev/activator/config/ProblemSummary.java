package dev.activator.config;

import java.util.List;

/** The closing line of a report. */
final class ProblemSummary {
    private static final int NAMED = 5;

    private ProblemSummary() {}

    static String of(UnitCatalog catalog) {
        int problems = catalog.problems().size();
        if (problems == 0) {
            return "";
        }
        long files = catalog.problems().stream()
                .map(problem -> problem.location().file())
                .distinct()
                .count();
        List<UnitName> failed = catalog.names().stream()
                .filter(name -> isFailed(catalog.state(name)))
                .toList();
        StringBuilder text = new StringBuilder(count(problems, "problem") + " in " + count(files, "file") + "; ");
        if (failed.isEmpty()) {
            return text + (catalog.names().isEmpty() ? "no unit loaded" : "all units loaded");
        }
        text.append(String.join(
                ", ", failed.stream().limit(NAMED).map(name -> "'" + name + "'").toList()));
        if (failed.size() > NAMED) {
            text.append(" and ").append(failed.size() - NAMED).append(" more");
        }
        int others = catalog.names().size() - failed.size();
        return text + " not loaded, " + count(others, "other unit") + " unaffected";
    }

    private static boolean isFailed(LoadState state) {
        return state == LoadState.BAD_SETTING || state == LoadState.ERROR;
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
