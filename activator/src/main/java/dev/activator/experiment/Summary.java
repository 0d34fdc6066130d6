package dev.activator.experiment;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One run in figures. Null is unknown.
 *
 * @param seconds how long it was
 * @param startSeconds how long starting all services took before it; 0 where none were started
 * @param memoryMean of the services, and of a lazy run the super-server with them, bytes
 * @param memoryMost the same at the look that saw most
 * @param serverMemoryMean of the super-server alone, bytes
 * @param processesMean of the services
 * @param cpuSeconds of the services, and of a lazy run the super-server with them
 * @param serverCpuSeconds of the super-server alone
 * @param switches context switches of the services, and of a lazy run the super-server's with them, as far as looks saw them
 * @param serverSwitches the super-server's alone
 * @param wakes how often a service was woken
 * @param clients how many came
 * @param answered how many of those were answered
 * @param refused how many were not let in
 * @param cutOff how many lost their connection
 * @param unanswered how many waited in vain
 * @param latency in microseconds, of those that were answered
 * @param unknown why a figure is unknown; empty where none is
 */
record Summary(
        double seconds,
        double startSeconds,
        @Nullable Long memoryMean,
        @Nullable Long memoryMost,
        long serverMemoryMean,
        double processesMean,
        double cpuSeconds,
        double serverCpuSeconds,
        long switches,
        long serverSwitches,
        int wakes,
        int clients,
        int answered,
        int refused,
        int cutOff,
        int unanswered,
        Quantiles latency,
        String unknown) {
    private static final double NANOS = 1e9;

    static Summary of(Mode mode, Course course) {
        List<Look> looks = course.looks();
        Look last = looks.get(looks.size() - 1);
        boolean isLazy = mode == Mode.LAZY;
        boolean isKnown = looks.stream().allMatch(look -> look.serviceBytes() >= 0);
        List<Visit> visits = course.visits();
        return new Summary(
                last.seconds(),
                course.startSeconds(),
                isKnown ? Math.round(mean(looks, look -> bytes(mode, look))) : null,
                isKnown
                        ? looks.stream()
                                .mapToLong(look -> bytes(mode, look))
                                .max()
                                .orElse(0)
                        : null,
                Math.round(mean(looks, Look::serverBytes)),
                mean(looks, Look::processes),
                (last.serviceCpuNanos() + (isLazy ? last.serverCpuNanos() : 0)) / NANOS,
                last.serverCpuNanos() / NANOS,
                last.serviceSwitches() + (isLazy ? last.serverSwitches() : 0),
                last.serverSwitches(),
                isLazy ? course.wakes() : 0,
                visits.size(),
                count(visits, Visit.Result.ANSWERED),
                count(visits, Visit.Result.REFUSED),
                count(visits, Visit.Result.CUT_OFF),
                count(visits, Visit.Result.UNANSWERED),
                Quantiles.of(visits),
                course.unknown());
    }

    /** What counts as used at one moment: whoever keeps all on needs no super-server. */
    static long bytes(Mode mode, Look look) {
        return look.serviceBytes() + (mode == Mode.LAZY ? look.serverBytes() : 0);
    }

    private static int count(List<Visit> visits, Visit.Result result) {
        return Math.toIntExact(
                visits.stream().filter(visit -> visit.result() == result).count());
    }

    /** Over time: what was seen at a look holds half the way to its neighbours. */
    private static double mean(List<Look> looks, ToDoubleFunction<Look> of) {
        double sum = 0;
        double seconds = 0;
        for (int i = 1; i < looks.size(); i++) {
            double span = looks.get(i).seconds() - looks.get(i - 1).seconds();
            sum += span * (of.applyAsDouble(looks.get(i)) + of.applyAsDouble(looks.get(i - 1))) / 2;
            seconds += span;
        }
        return seconds > 0 ? sum / seconds : of.applyAsDouble(looks.get(0));
    }
}
