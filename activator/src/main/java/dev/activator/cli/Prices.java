package dev.activator.cli;

import dev.activator.control.SavingsReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What resources cost, in whatever money.
 *
 * @param memory for a gibibyte for an hour; null where nobody asks
 * @param cpu for a processor's hour; null where nobody asks
 */
record Prices(@Nullable Double memory, @Nullable Double cpu) {
    private static final Pattern PRICE = Pattern.compile("(?:(memory)=([0-9.]+)/GBh|(cpu)=([0-9.]+)/h)");
    private static final double GIBIBYTE_HOUR = 3600.0 * (1L << 30);
    private static final double CPU_HOUR = 3600e9;

    /** {@code memory=0.004/GBh,cpu=0.03/h}; nothing of an empty text. */
    static Prices parse(String text) {
        Double memory = null;
        Double cpu = null;
        for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            Matcher price = PRICE.matcher(part.strip());
            if (!price.matches()) {
                throw refused(part);
            }
            try {
                if (price.group(1) != null) {
                    memory = Double.valueOf(price.group(2));
                } else {
                    cpu = Double.valueOf(price.group(4));
                }
            } catch (NumberFormatException dots) {
                throw refused(part);
            }
        }
        return new Prices(memory, cpu);
    }

    private static Failure refused(String part) {
        return new Failure(
                ExitStatus.USAGE,
                "--cost '" + part
                        + "' is no price; write memory=0.004/GBh, cpu=0.03/h or memory=0.004/GBh,cpu=0.03/h.");
    }

    boolean isEmpty() {
        return memory == null && cpu == null;
    }

    /** {@code 0.42 (memory 0.40, cpu 0.02)}. */
    String worth(SavingsReport report) {
        List<String> parts = new ArrayList<>();
        double sum = 0;
        Double spared = report.netMemoryByteSeconds();
        if (memory != null && spared != null) {
            double money = memory * spared / GIBIBYTE_HOUR;
            sum += money;
            parts.add("memory " + money(money));
        }
        Double time = report.netCpuNanos();
        if (cpu != null && time != null) {
            double money = cpu * time / CPU_HOUR;
            sum += money;
            parts.add("cpu " + money(money));
        }
        return parts.isEmpty() ? "unknown" : money(sum) + " (" + String.join(", ", parts) + ")";
    }

    private static String money(double amount) {
        return String.format(Locale.ROOT, Math.abs(amount) < 0.1 ? "%.6f" : "%.2f", amount);
    }
}
