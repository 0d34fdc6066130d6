package dev.activator.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Limits of a service's control group; rows of [Service]. systemd.resource-control(5). */
public final class CgroupDirectives {
    private static final Rows ROWS = new Rows("Service");

    public static final Directive<Optional<String>> MEMORY_MIN =
            amount("MemoryMin", "Memory that is never taken away.");
    public static final Directive<Optional<String>> MEMORY_LOW = amount("MemoryLow", "Memory that is taken away last.");
    public static final Directive<Optional<String>> MEMORY_HIGH =
            amount("MemoryHigh", "Memory from which on the service is slowed down.");
    public static final Directive<Optional<String>> MEMORY_MAX = amount("MemoryMax", "Most memory.");
    public static final Directive<Optional<String>> MEMORY_SWAP_MAX = amount("MemorySwapMax", "Most swap space.");
    public static final Directive<Optional<String>> TASKS_MAX = amount("TasksMax", "Most processes and threads.");

    public static final Directive<Optional<String>> CPU_QUOTA = ROWS.add(
            "CPUQuota",
            Scalar.of("percent of one processor", (text, scope) -> quota(text), text -> text)
                    .resettable()
                    .optional(),
            Optional.empty(),
            "Most processor time, in percent of one processor.");
    public static final Directive<Duration> CPU_QUOTA_PERIOD = ROWS.add(
            "CPUQuotaPeriodSec",
            Syntaxes.SPAN,
            Duration.ofMillis(100),
            "Time over which CPUQuota= is measured, 1 ms to 1 s.");
    public static final Directive<Optional<Integer>> CPU_WEIGHT = ROWS.add(
            "CPUWeight",
            Syntaxes.number(1, 10_000).resettable().optional(),
            Optional.empty(),
            "Share of processor time where it is short; 100 is usual.");
    public static final Directive<Optional<Integer>> IO_WEIGHT = ROWS.add(
            "IOWeight",
            Syntaxes.number(1, 10_000).resettable().optional(),
            Optional.empty(),
            "Share of input and output where it is short; 100 is usual.");
    public static final Directive<List<String>> ALLOWED_CPUS = ROWS.add(
            "AllowedCPUs",
            ListOf.words(
                    "processors",
                    Words.Manner.PLAIN,
                    (text, scope) -> SandboxDirectives.processors(text),
                    text -> text,
                    text -> text),
            List.of(),
            "Processors that all processes of the service may use.");

    private CgroupDirectives() {}

    /** Bytes, or a number of tasks; {@code infinity}; or percent of what the host has. */
    private static Directive<Optional<String>> amount(String name, String doc) {
        return ROWS.add(
                name,
                Scalar.of("size, percent, infinity", (text, scope) -> amount(text), text -> text)
                        .resettable()
                        .optional(),
                Optional.empty(),
                doc);
    }

    private static String amount(String text) throws BadValue {
        if (text.equals("infinity")) {
            return text;
        }
        if (text.endsWith("%")) {
            return Numbers.parse(text.substring(0, text.length() - 1), 0, 100) + "%";
        }
        return Long.toString(Syntaxes.size(text));
    }

    private static String quota(String text) throws BadValue {
        if (!text.endsWith("%")) {
            throw BadValue.ignored("expected percent of one processor, such as 150%");
        }
        return Numbers.parse(text.substring(0, text.length() - 1), 1, 1_000_000) + "%";
    }

    /** Every row. */
    public static List<Directive<?>> all() {
        return ROWS.all();
    }
}
