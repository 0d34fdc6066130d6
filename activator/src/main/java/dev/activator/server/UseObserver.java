package dev.activator.server;

import dev.activator.listener.Use;
import dev.activator.listener.UseMeter;

/** Looks at the sockets and the processor time of one instance. To be closed. */
final class UseObserver implements AutoCloseable {
    private static final double UNKNOWN = -1;

    private final Surroundings surroundings;
    private final UseMeter meter;
    private final ServiceProcesses processes;
    private final Passed passed;
    private long lookedAt;
    private long cpuNanos;
    /** Whether the latest look saw nobody. */
    private boolean sawNobody;

    /** @param meter is closed with this */
    UseObserver(Surroundings surroundings, UseMeter meter, ServiceProcesses processes, Passed passed) {
        this.surroundings = surroundings;
        this.meter = meter;
        this.processes = processes;
        this.passed = passed;
        this.lookedAt = surroundings.nanoTime();
        this.cpuNanos = processes.cpuNanos();
    }

    /**
     * The same as {@link #look} for a tenth of its cost where nobody was there and the processes have not run since: they cannot have accepted
     * anybody then. What ran at this very instant may be seen at the next look only, so this is for looks that nothing hangs on.
     */
    Observation glance() {
        boolean hasNotRun = sawNobody
                && processes.cgroupDirectory().isPresent()
                && processes.cpuNanos() == cpuNanos
                && meter.isQuiet();
        Use passedOn = hasNotRun ? withPassed(Use.NONE) : Use.NONE;
        if (hasNotRun && passedOn.equals(Use.NONE)) {
            lookedAt = surroundings.nanoTime();
            return new Observation(Use.NONE, 0);
        }
        return look();
    }

    Observation look() {
        long now = surroundings.nanoTime();
        long used = processes.cpuNanos();
        double processors = now == lookedAt ? UNKNOWN : (double) Math.max(0, used - cpuNanos) / (now - lookedAt);
        lookedAt = now;
        cpuNanos = used;
        Use seen = withPassed(meter.look());
        sawNobody = seen.open() == 0;
        return new Observation(seen, processors);
    }

    /** Leaves no socket out, and the processor time; for one that stands still. */
    Observation lookThoroughly() {
        return new Observation(withPassed(meter.lookThoroughly()), UNKNOWN);
    }

    private Use withPassed(Use seen) {
        return seen.withPassed(passed.untaken(), passed.sinceAsked(), passed.mostTaken());
    }

    /** No look is to come soon. */
    void rest() {
        meter.rest();
    }

    /** Looks are to come again. */
    void resume() {
        meter.resume();
    }

    /** The connections that the service has taken, as far as they are still open. */
    int takenConnections() {
        Use use = meter.look();
        return use.open() - use.waiting() + passed.untaken();
    }

    @Override
    public void close() {
        meter.close();
    }
}
