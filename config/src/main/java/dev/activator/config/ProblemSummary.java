package dev.activator.config;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The closing line of a report. */
final class ProblemSummary {
    private static final int NAMED = 5;

    private final UnitCatalog catalog;
    private final Map<UnitName, List<Problem>> more;

    private ProblemSummary(UnitCatalog catalog, Map<UnitName, List<Problem>> more) {
        this.catalog = catalog;
        this.more = more;
    }

    /** @param more what was found about units beyond what the catalog says */
    static String of(UnitCatalog catalog, List<Problem> all, Map<UnitName, List<Problem>> more) {
        if (all.isEmpty()) {
            return "";
        }
        long files = all.stream()
                .map(problem -> problem.location().file())
                .distinct()
                .count();
        String counts = count(all.size(), "problem") + " in " + count(files, "file") + "; ";
        return counts + new ProblemSummary(catalog, more).units();
    }

    private String units() {
        List<UnitName> failed = those(name -> isFailed(catalog.state(name)));
        List<UnitName> stuck = those(name -> !failed.contains(name) && has(name, Problem.Severity.ERROR));
        List<UnitName> warned =
                those(name -> !failed.contains(name) && !stuck.contains(name) && has(name, Problem.Severity.WARNING));
        if (failed.isEmpty() && stuck.isEmpty()) {
            return catalog.names().isEmpty() ? "no unit loaded" : "all units loaded";
        }
        StringBuilder text = new StringBuilder(failed.isEmpty() ? "all units loaded" : named(failed) + " not loaded");
        if (!stuck.isEmpty()) {
            text.append(", ").append(named(stuck)).append(" will not start");
        }
        if (!warned.isEmpty()) {
            text.append(", ").append(count(warned.size(), "other unit")).append(" with warnings");
        }
        int others = catalog.names().size() - failed.size() - stuck.size() - warned.size();
        return text + ", " + count(others, "other unit") + " unaffected";
    }

    private List<UnitName> those(Predicate<UnitName> wanted) {
        return catalog.names().stream().filter(wanted).toList();
    }

    private boolean has(UnitName name, Problem.Severity severity) {
        return catalog.problems(name).stream().anyMatch(problem -> problem.severity() == severity)
                || more.getOrDefault(name, List.of()).stream().anyMatch(problem -> problem.severity() == severity);
    }

    private static String named(List<UnitName> units) {
        String names = String.join(
                ", ", units.stream().limit(NAMED).map(name -> "'" + name + "'").toList());
        return units.size() > NAMED ? names + " and " + (units.size() - NAMED) + " more" : names;
    }

    private static boolean isFailed(LoadState state) {
        return state == LoadState.BAD_SETTING || state == LoadState.ERROR;
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
