package dev.activator.accounting;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One look at a service.
 *
 * @param at when
 * @param awake whether it ran; else it stood still in memory
 * @param isIdle whether nobody used it; null where nobody could say, then its processor time does
 */
record Sample(Instant at, boolean awake, Optional<Boolean> isIdle, Reading reading) {
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("at", at.toString());
        values.put("awake", awake ? "yes" : "no");
        isIdle.ifPresent(idle -> values.put("idle", idle ? "yes" : "no"));
        values.put("memory", reading.memory());
        values.put("cpu", reading.cpuNanos());
        values.put("switches", reading.switches());
        values.put("threads", reading.threads());
        if (!reading.unknown().isEmpty()) {
            values.put("unknown", reading.unknown());
        }
        return values;
    }

    static Sample of(Map<String, String> values) {
        return new Sample(
                Instant.parse(values.getOrDefault("at", "")),
                !values.getOrDefault("awake", "yes").equals("no"),
                Optional.ofNullable(values.get("idle")).map("yes"::equals),
                new Reading(
                        Long.parseLong(values.getOrDefault("memory", "-1")),
                        Long.parseLong(values.getOrDefault("cpu", "-1")),
                        Long.parseLong(values.getOrDefault("switches", "-1")),
                        Integer.parseInt(values.getOrDefault("threads", "0")),
                        values.getOrDefault("unknown", "")));
    }
}
