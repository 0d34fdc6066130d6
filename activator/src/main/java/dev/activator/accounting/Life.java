package dev.activator.accounting;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One run of the super-server, as far as it has left signs of it: after the last of them it may have been killed, so nothing later counts.
 *
 * @param begin when it began
 * @param signs what it took at some moments, the first one at its begin
 */
record Life(Instant begin, List<Sign> signs) {
    Life {
        signs = List.copyOf(signs);
    }

    /** What it took until then. */
    record Sign(Instant at, Reading reading) {}

    Instant end() {
        return signs.isEmpty() ? begin : signs.get(signs.size() - 1).at();
    }

    Life with(Sign latest) {
        List<Sign> more = new ArrayList<>(signs);
        more.add(latest);
        return new Life(begin, more);
    }

    static Map<String, Object> values(Instant begin, Sign sign) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("begin", begin.toString());
        values.put("at", sign.at().toString());
        values.put("memory", sign.reading().memory());
        values.put("cpu", sign.reading().cpuNanos());
        values.put("switches", sign.reading().switches());
        return values;
    }

    /** Oldest first; a line that is damaged is left out. */
    static List<Life> of(List<Map<String, String>> lines) {
        Map<Instant, List<Sign>> signs = new TreeMap<>();
        for (Map<String, String> line : lines) {
            try {
                Sign sign = sign(line);
                signs.computeIfAbsent(Instant.parse(line.getOrDefault("begin", "")), begin -> new ArrayList<>())
                        .add(sign);
            } catch (DateTimeException | NumberFormatException damaged) {
                // It is one of many signs.
            }
        }
        List<Life> lives = new ArrayList<>();
        signs.forEach((begin, its) -> lives.add(new Life(
                begin, its.stream().sorted(Comparator.comparing(Sign::at)).toList())));
        return lives;
    }

    private static Sign sign(Map<String, String> line) {
        Reading reading = new Reading(
                Long.parseLong(line.getOrDefault("memory", "-1")),
                Long.parseLong(line.getOrDefault("cpu", "-1")),
                Long.parseLong(line.getOrDefault("switches", "-1")),
                0,
                "");
        return new Sign(Instant.parse(line.getOrDefault("at", "")), reading);
    }
}
