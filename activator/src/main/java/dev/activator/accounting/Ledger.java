package dev.activator.accounting;

import dev.activator.control.Footprint;
import dev.activator.control.OwnUse;
import dev.activator.control.SavingsReport;
import dev.activator.control.UnitSavings;
import dev.activator.control.WakeLatency;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reckons what was saved in a stretch of time: for each service the time that it slept, times what it takes when it runs idle; less what the
 * super-server took. Time counts only while a super-server held the sockets, as far as its records go. What is not known is left out of the sum
 * and said. For one thread.
 */
final class Ledger {
    private static final double NANOS = 1e9;

    private final Instant since;
    private final Instant until;
    private final List<Life> lives;
    private final List<UnitSavings> units = new ArrayList<>();

    /** @param lives of super-servers, oldest first; the last one goes on until {@code until} */
    Ledger(Instant since, Instant until, List<Life> lives) {
        this.since = since;
        this.until = until;
        this.lives = List.copyOf(lives);
    }

    /** Where time goes. */
    private enum Spent {
        AWAKE,
        ASLEEP,
        FROZEN,
        DOWN
    }

    /**
     * Adds a service.
     *
     * @param happenings oldest first
     * @param samples oldest first
     * @param isDeclared whether it sleeps now unless it runs, records or none
     */
    void add(String unit, List<Happening> happenings, List<Sample> samples, boolean isDeclared) {
        Map<Spent, Double> seconds = new EnumMap<>(Spent.class);
        for (int i = 0; i < lives.size(); i++) {
            Life life = lives.get(i);
            boolean isLast = i == lives.size() - 1;
            Instant end = isLast ? until : life.end();
            Instant next = isLast ? until : lives.get(i + 1).begin();
            List<Happening> its = happenings.stream()
                    .filter(one -> !one.at().isBefore(life.begin())
                            && (isLast || one.at().isBefore(next)))
                    .toList();
            if (!its.isEmpty() || (isLast && isDeclared)) {
                spend(its, life.begin(), latest(end, its), seconds);
            }
        }
        List<Happening.Woke> wakes = happenings.stream()
                .filter(one -> one instanceof Happening.Woke && !one.at().isBefore(since))
                .map(Happening.Woke.class::cast)
                .toList();
        double asleep = of(Spent.ASLEEP, seconds) + of(Spent.FROZEN, seconds);
        if (asleep + of(Spent.AWAKE, seconds) + of(Spent.DOWN, seconds) == 0) {
            return;
        }
        Footprint footprint = Footprints.of(samples);
        units.add(new UnitSavings(
                unit,
                of(Spent.AWAKE, seconds),
                asleep,
                of(Spent.FROZEN, seconds),
                of(Spent.DOWN, seconds),
                footprint,
                memory(footprint, samples, seconds),
                times(footprint.cpuNanosPerSecond(), asleep),
                times(footprint.switchesPerSecond(), asleep),
                wakes.size(),
                wakes.stream().mapToLong(Happening.Woke::waited).sum(),
                latency(wakes)));
    }

    private static double of(Spent state, Map<Spent, Double> seconds) {
        return seconds.getOrDefault(state, 0.0);
    }

    /** A record is a sign of life, too. */
    private static Instant latest(Instant end, List<Happening> happenings) {
        Instant last = happenings.isEmpty()
                ? end
                : happenings.get(happenings.size() - 1).at();
        return last.isAfter(end) ? last : end;
    }

    private void spend(List<Happening> happenings, Instant begin, Instant end, Map<Spent, Double> seconds) {
        Instant at = begin;
        Spent state = Spent.ASLEEP;
        for (Happening happening : happenings) {
            add(seconds, state, at, happening.at());
            at = happening.at();
            if (happening instanceof Happening.Ended ended) {
                state = switch (ended.end()) {
                    case STOPPED, EXITED -> Spent.ASLEEP;
                    case FROZEN -> Spent.FROZEN;
                    case FAILED -> Spent.DOWN;
                };
            } else {
                state = Spent.AWAKE;
            }
        }
        add(seconds, state, at, end);
    }

    private void add(Map<Spent, Double> seconds, Spent state, Instant from, Instant to) {
        Instant first = from.isBefore(since) ? since : from;
        Instant last = to.isAfter(until) ? until : to;
        // A clock that was set back makes no time.
        if (last.isAfter(first)) {
            seconds.merge(state, Duration.between(first, last).toNanos() / NANOS, Double::sum);
        }
    }

    /** While it is frozen it saves what it no longer has in memory; where nobody has looked, nothing. */
    private static @Nullable Double memory(Footprint footprint, List<Sample> samples, Map<Spent, Double> seconds) {
        Long awake = footprint.memory();
        if (awake == null) {
            return null;
        }
        OptionalDouble still = samples.stream()
                .filter(sample -> !sample.awake() && sample.reading().memory() >= 0)
                .mapToLong(sample -> sample.reading().memory())
                .average();
        double held = Math.min(awake, still.orElse(awake));
        return awake * of(Spent.ASLEEP, seconds) + (awake - held) * of(Spent.FROZEN, seconds);
    }

    private static @Nullable Double times(@Nullable Double perSecond, double seconds) {
        return perSecond == null ? null : perSecond * seconds;
    }

    private static WakeLatency latency(List<Happening.Woke> wakes) {
        long[] micros = wakes.stream()
                .mapToLong(wake -> wake.report().totalMicros())
                .sorted()
                .toArray();
        return micros.length == 0
                ? new WakeLatency(null, null, null)
                : new WakeLatency(percentile(micros, 0.5), percentile(micros, 0.95), micros[micros.length - 1]);
    }

    /** The nearest rank. */
    private static long percentile(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    private OwnUse own() {
        double up = 0;
        double cpu = 0;
        double switches = 0;
        boolean isKnown = true;
        List<Long> memory = new ArrayList<>();
        for (Life life : lives) {
            Instant end = life.end().isAfter(until) ? until : life.end();
            Instant begin = life.begin().isBefore(since) ? since : life.begin();
            if (!end.isAfter(begin)) {
                continue;
            }
            up += Duration.between(begin, end).toNanos() / NANOS;
            List<Life.Sign> within = life.signs().stream()
                    .filter(sign -> !sign.at().isBefore(begin))
                    .toList();
            within.stream()
                    .map(sign -> sign.reading().memory())
                    .filter(bytes -> bytes >= 0)
                    .forEach(memory::add);
            isKnown &= !within.isEmpty()
                    && within.stream().noneMatch(sign -> sign.reading().cpuNanos() < 0);
            cpu += grown(life, begin, Reading::cpuNanos);
            switches += grown(life, begin, Reading::switches);
        }
        OptionalDouble mean = memory.stream().mapToLong(Long::longValue).average();
        return new OwnUse(
                up,
                mean.isPresent() ? Math.round(mean.getAsDouble()) : null,
                mean.isPresent() ? mean.getAsDouble() * up : null,
                isKnown ? cpu : null,
                isKnown ? switches : null,
                memory.size());
    }

    /** All of it where the life began within the stretch: what it used to start counts. */
    private double grown(Life life, Instant begin, ToLongFunction<Reading> counter) {
        List<Life.Sign> signs = life.signs();
        long last = signs.isEmpty()
                ? 0
                : counter.applyAsLong(signs.get(signs.size() - 1).reading());
        if (!life.begin().isBefore(begin)) {
            return last;
        }
        long before = signs.stream()
                .filter(sign -> !sign.at().isAfter(begin))
                .mapToLong(sign -> counter.applyAsLong(sign.reading()))
                .reduce(0, (one, other) -> other);
        return Math.max(0, last - before);
    }

    /** @param trouble what could not be read */
    SavingsReport report(List<String> trouble) {
        List<String> said = new ArrayList<>(trouble);
        long unknown =
                units.stream().filter(unit -> unit.memoryByteSeconds() == null).count();
        if (unknown > 0) {
            said.add(unknown + (unknown == 1 ? " service is" : " services are")
                    + " not in the sum: what is not known of it is unknown, not nothing");
        }
        Instant first =
                lives.stream().map(Life::begin).min(Comparator.naturalOrder()).orElse(until);
        List<UnitSavings> sorted = units.stream()
                .sorted(Comparator.comparing(
                                (UnitSavings unit) -> Objects.requireNonNullElse(unit.memoryByteSeconds(), -1.0))
                        .reversed()
                        .thenComparing(UnitSavings::unit))
                .toList();
        return new SavingsReport(
                first.isAfter(since) ? first : since,
                until,
                sorted,
                own(),
                sum(UnitSavings::memoryByteSeconds),
                sum(UnitSavings::cpuNanos),
                sum(UnitSavings::switches),
                said);
    }

    private interface Figure {
        @Nullable
        Double of(UnitSavings unit);
    }

    private double sum(Figure figure) {
        ToDoubleFunction<UnitSavings> known = unit -> Objects.requireNonNullElse(figure.of(unit), 0.0);
        return units.stream().mapToDouble(known).sum();
    }
}
