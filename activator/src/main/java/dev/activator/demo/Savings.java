package dev.activator.demo;

import dev.activator.cli.Table;
import dev.activator.experiment.Mebibytes;
import java.util.Locale;

/** The comparison that the tour ends with: all services always on, against one super-server that holds their sockets. */
final class Savings {
    private static final double PERCENT = 100;

    private final Figures figures;

    Savings(Figures figures) {
        this.figures = figures;
    }

    Table table() {
        Table table = new Table("WHAT RUNS", "PROCESSES", "MEMORY");
        ServiceMix declared = figures.declared();
        for (ServiceKind kind : ServiceKind.values()) {
            int count = declared.count(kind);
            if (count > 0) {
                row(table, count + " x " + kind.label(), count, figures.rush().bytes(kind, count));
            }
        }
        row(table, "all " + declared.total() + " always on", declared.total(), figures.alwaysOnBytes());
        row(table, "Activator, all asleep", 1, figures.bytesAtLast());
        return table;
    }

    /** The result in one sentence. */
    String sentence() {
        long saved = figures.alwaysOnBytes() - figures.bytesAtLast();
        String scaled = figures.isScaled()
                ? " (Reckoned from " + figures.rush().started().total() + " services that were really started.)"
                : "";
        return saved > 0
                ? String.format(
                        Locale.ROOT,
                        "While nobody needs them, %s of %s is free for others: %.0f %%.%s",
                        Mebibytes.of(saved),
                        Mebibytes.of(figures.alwaysOnBytes()),
                        PERCENT * saved / figures.alwaysOnBytes(),
                        scaled)
                : "So few services need less memory than the super-server itself; it pays from a few JVMs on." + scaled;
    }

    private static void row(Table table, String what, int processes, long bytes) {
        table.row(what, Integer.toString(processes), Mebibytes.of(bytes));
    }
}
