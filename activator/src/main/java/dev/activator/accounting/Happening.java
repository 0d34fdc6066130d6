package dev.activator.accounting;

import dev.activator.control.WakePhase;
import dev.activator.control.WakeReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What becomes of a service, as its history has it. */
sealed interface Happening {
    Instant at();

    Map<String, Object> values();

    /** It was woken, and has become ready, or has failed to. */
    record Woke(WakeReport report, int waited) implements Happening {
        @Override
        public Instant at() {
            return report.at();
        }

        @Override
        public Map<String, Object> values() {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("woke", report.at().toString());
            values.put("by", report.cause());
            values.put("waited", waited);
            report.phases().forEach(phase -> values.put("phase." + phase.name(), phase.micros()));
            return values;
        }
    }

    /** It no longer runs. */
    record Ended(Instant at, End end, String why) implements Happening {
        @Override
        public Map<String, Object> values() {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("ended", at.toString());
            values.put("end", end.word());
            values.put("why", why);
            return values;
        }
    }

    /** @throws RuntimeException where it is neither */
    static Happening of(Map<String, String> values) {
        if (values.containsKey("ended")) {
            return new Ended(
                    Instant.parse(values.getOrDefault("ended", "")),
                    End.of(values.getOrDefault("end", "")),
                    values.getOrDefault("why", ""));
        }
        List<WakePhase> phases = new ArrayList<>();
        values.forEach((name, value) -> {
            if (name.startsWith("phase.")) {
                phases.add(new WakePhase(name.substring("phase.".length()), Long.parseLong(value)));
            }
        });
        WakeReport report =
                new WakeReport(Instant.parse(values.getOrDefault("woke", "")), values.getOrDefault("by", ""), phases);
        return new Woke(report, Integer.parseInt(values.getOrDefault("waited", "0")));
    }
}
