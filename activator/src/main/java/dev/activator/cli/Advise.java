package dev.activator.cli;

import dev.activator.config.TimeSpan;
import dev.activator.control.PastRun;
import dev.activator.control.SavingsReport;
import dev.activator.control.UnitGlob;
import dev.activator.control.UnitSavings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code advise}: what IdleTimeoutSec= should be. */
@Command(
        name = "advise",
        description =
                "Say from what was recorded what IdleTimeoutSec= of each service should be, which services are never used and which never sleep.",
        footer = {
            "",
            "Examples:",
            "  activator advise",
            "  activator advise web --second-worth 10GBh    waiting hurts more than memory costs"
        })
final class Advise implements Callable<Integer> {
    @ParentCommand
    private @Nullable Activator activator;

    @Option(
            names = "--second-worth",
            paramLabel = "N.GBh",
            defaultValue = "0.1GBh",
            description =
                    "how much memory for how long a client's second of waiting is worth, such as 0.1GBh; ${DEFAULT-VALUE} by default")
    private String worth = "";

    @Parameters(paramLabel = "UNIT", arity = "0..*", description = "services; all of them by default")
    private List<String> units = new ArrayList<>();

    @Override
    public Integer call() {
        Activator root = Objects.requireNonNull(activator);
        double weight = weight();
        ControlClient client = root.client();
        List<String> wanted = units.stream().map(UnitGlob::complete).toList();
        SavingsReport report = client.savings(java.time.Instant.EPOCH);
        wanted.forEach(name -> checkKnown(client, report, name));
        List<Advice> advices = new ArrayList<>();
        for (UnitSavings unit : report.units()) {
            if (UnitGlob.matches(unit.unit(), wanted)) {
                List<PastRun> runs = client.runs(unit.unit(), 1000).orElse(List.of());
                advices.add(Advice.of(unit, timeout(client, unit.unit()), runs, report.until(), weight));
            }
        }
        if (root.wantsJson()) {
            root.printJson(advices.stream().map(Advise::row).toList());
        } else {
            print(root, advices);
        }
        return ExitStatus.OK;
    }

    /** Records outlive units, so that either will do. */
    private static void checkKnown(ControlClient client, SavingsReport report, String name) {
        boolean isRecorded =
                report.units().stream().anyMatch(unit -> unit.unit().equals(name));
        if (!isRecorded && !UnitGlob.isPattern(name) && client.unit(name).isEmpty()) {
            throw Selection.notFound(client, name);
        }
    }

    private double weight() {
        if (!worth.matches("[0-9.]{1,9}GBh")) {
            throw new Failure(ExitStatus.USAGE, "--second-worth '" + worth + "' is no amount; write 0.1GBh.");
        }
        try {
            return Double.parseDouble(worth.replace("GBh", "")) * (1L << 30) * 3600;
        } catch (NumberFormatException dots) {
            throw new Failure(ExitStatus.USAGE, "--second-worth '" + worth + "' is no amount; write 0.1GBh.");
        }
    }

    /** What it is now; null where it never sleeps by itself. */
    private static @Nullable Duration timeout(ControlClient client, String service) {
        return client.unit(service)
                .map(unit -> unit.directives().getOrDefault("IdleTimeoutSec", ""))
                .filter(text -> !text.isEmpty() && !text.equals("infinity") && !text.equals("0"))
                .map(TimeSpan::parse)
                .orElse(null);
    }

    private static Map<String, Object> row(Advice advice) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("unit", advice.unit());
        row.put("now", advice.now() == null ? "" : TimeSpan.format(advice.now()));
        row.put("advice", advice.text());
        row.put("whatIf", advice.options().stream().map(Advise::option).toList());
        return row;
    }

    private static Map<String, Object> option(Advice.Option option) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("timeout", TimeSpan.format(option.timeout()));
        row.put("wakesPerDay", option.wakesPerDay());
        row.put("waitSecondsPerDay", option.waitSecondsPerDay());
        row.put("memoryByteSecondsPerDay", option.memoryByteSecondsPerDay());
        return row;
    }

    private static void print(Activator root, List<Advice> advices) {
        if (advices.isEmpty()) {
            root.out().println("There are no records of such a service yet.");
            return;
        }
        for (Advice advice : advices) {
            root.out().println(advice.unit() + ": " + advice.text());
            if (!advice.options().isEmpty()) {
                Table table = new Table("", "IdleTimeoutSec=", "WAKES/DAY", "WAITING/DAY", "MEMORY/DAY", "");
                for (Advice.Option option : advice.options()) {
                    String mark =
                            option.timeout().equals(advice.now()) ? "now" : option.equals(advice.best()) ? "best" : "";
                    table.row(
                            " ",
                            TimeSpan.format(option.timeout()),
                            String.format(java.util.Locale.ROOT, "%.1f", option.wakesPerDay()),
                            TimeText.measured(Math.round(option.waitSecondsPerDay() * 1e6)),
                            Savings.memory(option.memoryByteSecondsPerDay()),
                            mark);
                }
                table.print(root.terminal(), true, false);
            }
        }
    }
}
