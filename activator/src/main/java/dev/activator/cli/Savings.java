package dev.activator.cli;

import dev.activator.config.TimeSpan;
import dev.activator.control.Footprint;
import dev.activator.control.OwnUse;
import dev.activator.control.SavingsReport;
import dev.activator.control.UnitSavings;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code savings}: what was not used because services slept. */
@Command(
        name = "savings",
        description =
                "Say what services did not use because they slept, as it was measured, less what the super-server used.",
        footer = {
            "",
            "Examples:",
            "  activator savings --since 7d",
            "  activator savings --since 30d --cost memory=0.004/GBh,cpu=0.03/h",
            "  activator savings --csv > savings.csv"
        })
final class Savings implements Callable<Integer> {
    @ParentCommand
    private @Nullable Activator activator;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "how far back, such as 12h or 7d, or a time such as 2026-11-20T08:00:00Z; all that is remembered by default")
    private String since = "";

    @Option(names = "--csv", description = "print one line of comma-separated values for each service")
    private boolean csv;

    @Option(
            names = "--cost",
            paramLabel = "PRICES",
            description = "what it is worth: memory=PRICE/GBh, cpu=PRICE/h, or both with a comma between them")
    private String cost = "";

    @Override
    public Integer call() {
        Activator root = Objects.requireNonNull(activator);
        Prices prices = Prices.parse(cost);
        Instant begin = begin(root.terminal());
        if (root.wantsJson()) {
            root.printJson(root.client().savingsJson(begin));
            return ExitStatus.OK;
        }
        SavingsReport report = root.client().savings(begin);
        if (csv) {
            SavingsCsv.print(report, root.out());
        } else {
            print(report, prices, root.terminal());
        }
        return ExitStatus.OK;
    }

    private Instant begin(Terminal terminal) {
        if (since.isEmpty()) {
            return Instant.EPOCH;
        }
        try {
            return since.contains("T") ? Instant.parse(since) : terminal.now().minus(TimeSpan.parse(since));
        } catch (RuntimeException other) {
            throw new Failure(
                    ExitStatus.USAGE,
                    "--since '" + since
                            + "' is neither a time span such as 90min, 12h or 7d nor a time such as 2026-11-20T08:00:00Z.");
        }
    }

    private static void print(SavingsReport report, Prices prices, Terminal terminal) {
        PrintStream out = terminal.out();
        if (report.units().isEmpty()) {
            out.println("No service has slept or run yet, so there is nothing to reckon.");
            return;
        }
        Table table = new Table(
                "SERVICE", "ASLEEP", "SHARE", "IDLE MEMORY", "SPARED", "CPU", "WAKES", "P50", "P95", "MAX", "LOOKS");
        report.units().forEach(unit -> table.row(cells(unit)));
        table.print(terminal, true, false);
        out.println();
        out.println("Since " + TimeText.since(report.since(), terminal) + ":");
        OwnUse own = report.own();
        Table sum = new Table("", "MEMORY", "CPU", "CONTEXT SWITCHES");
        sum.row(
                "  not used by services that slept",
                memory(report.memoryByteSeconds()),
                cpu(report.cpuNanos()),
                count(report.switches()));
        sum.row(
                "  used by the super-server itself",
                memory(own.memoryByteSeconds()),
                cpu(own.cpuNanos()),
                count(own.switches()));
        sum.row(
                "  saved",
                memory(report.netMemoryByteSeconds()),
                cpu(report.netCpuNanos()),
                count(report.netSwitches()));
        sum.print(terminal, true, true);
        Double net = report.netMemoryByteSeconds();
        if (net != null && net < 0) {
            out.println("So far the super-server has taken more memory than it saved.");
        }
        if (!prices.isEmpty()) {
            out.println("  worth " + prices.worth(report));
        }
        report.notes().forEach(note -> out.println("Note: " + note + "."));
    }

    private static String[] cells(UnitSavings unit) {
        double all = unit.awakeSeconds() + unit.asleepSeconds() + unit.downSeconds();
        Footprint footprint = unit.footprint();
        return new String[] {
            unit.unit(),
            TimeText.left(Duration.ofMillis(Math.round(unit.asleepSeconds() * 1000))),
            String.format(Locale.ROOT, "%.0f%%", 100 * unit.asleepSeconds() / all),
            footprint(footprint),
            memory(unit.memoryByteSeconds()),
            cpu(unit.cpuNanos()),
            Integer.toString(unit.wakes()),
            latency(unit.latency().p50()),
            latency(unit.latency().p95()),
            latency(unit.latency().max()),
            Integer.toString(footprint.samples())
        };
    }

    /** With its spread, and a mark where it was never seen idle. */
    private static String footprint(Footprint footprint) {
        Long mean = footprint.memory();
        Long low = footprint.memoryLow();
        Long high = footprint.memoryHigh();
        if (mean == null || low == null || high == null) {
            return "unknown";
        }
        String spread = high.equals(low) ? "" : " (" + SizeText.of(low) + "-" + SizeText.of(high) + ")";
        return SizeText.of(mean) + spread + (footprint.isIdle() ? "" : " in use");
    }

    private static String latency(@Nullable Long micros) {
        return micros == null ? "-" : TimeText.measured(micros);
    }

    /** In bytes for an hour. */
    static String memory(@Nullable Double byteSeconds) {
        if (byteSeconds == null) {
            return "unknown";
        }
        double byteHours = byteSeconds / 3600;
        String size = SizeText.of(Math.round(Math.abs(byteHours)));
        return (byteHours < 0 ? "-" : "") + size + "·h";
    }

    private static String cpu(@Nullable Double nanos) {
        if (nanos == null) {
            return "unknown";
        }
        String time = TimeText.measured(Math.round(Math.abs(nanos) / 1000));
        return nanos < 0 ? "-" + time : time;
    }

    private static String count(@Nullable Double count) {
        return count == null ? "unknown" : String.format(Locale.ROOT, "%,.0f", count);
    }

    /** For {@code --csv}. */
    private static final class SavingsCsv {
        private static final List<String> HEADINGS = List.of(
                "service",
                "asleep_seconds",
                "frozen_seconds",
                "awake_seconds",
                "down_seconds",
                "idle_memory_bytes",
                "idle_memory_low_bytes",
                "idle_memory_high_bytes",
                "spared_memory_byte_seconds",
                "spared_cpu_seconds",
                "spared_context_switches",
                "wakes",
                "clients_waited",
                "wake_p50_seconds",
                "wake_p95_seconds",
                "wake_max_seconds",
                "looks");

        static void print(SavingsReport report, PrintStream out) {
            out.println(String.join(",", HEADINGS));
            for (UnitSavings unit : report.units()) {
                Footprint footprint = unit.footprint();
                out.println(String.join(
                        ",",
                        unit.unit(),
                        number(unit.asleepSeconds()),
                        number(unit.frozenSeconds()),
                        number(unit.awakeSeconds()),
                        number(unit.downSeconds()),
                        whole(footprint.memory()),
                        whole(footprint.memoryLow()),
                        whole(footprint.memoryHigh()),
                        number(unit.memoryByteSeconds()),
                        number(scaled(unit.cpuNanos(), 1e-9)),
                        number(unit.switches()),
                        Integer.toString(unit.wakes()),
                        Long.toString(unit.waited()),
                        number(seconds(unit.latency().p50())),
                        number(seconds(unit.latency().p95())),
                        number(seconds(unit.latency().max())),
                        Integer.toString(footprint.samples())));
            }
        }

        private static String whole(@Nullable Long value) {
            return value == null ? "" : value.toString();
        }

        private static @Nullable Double seconds(@Nullable Long micros) {
            return micros == null ? null : micros / 1e6;
        }

        private static @Nullable Double scaled(@Nullable Double value, double factor) {
            return value == null ? null : value * factor;
        }

        /** Empty where it is unknown. */
        private static String number(@Nullable Double value) {
            return value == null ? "" : String.format(Locale.ROOT, "%.6f", value);
        }
    }
}
