package dev.activator.server;

import dev.activator.listener.Listener;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a service that ends with success and leaves everybody in the queue, and would be started again as often as the machine can, from an
 * honest one that serves a few and ends. A run is in vain if it was short and everybody who waited when it was woken still waits. That the
 * queue is as long as before does not show it, since others come meanwhile; so once that was seen, the next wake notes who waits.
 * To note it costs a walk over the host's sockets, so a service that was shown to be honest is trusted for ever more runs.
 */
final class VainRuns {
    /** A run that lasts so long cannot be repeated often enough to do harm. */
    private static final long SHORT_NANOS = 1_000_000_000L;
    /** Runs that cost nothing yet: ones that look vain, with proof or without. */
    private static final int FREE = 3;

    private static final int FIRST_TRUST = 16;
    private static final int LONGEST_TRUST = 1024;

    private static final Duration LONGEST_WITHOUT_PROOF = Duration.ofSeconds(1);

    private final Backoff backoff;
    private int inVain;
    private long wokenAt;
    private int waiting;
    private @Nullable Set<Long> whoWaited;
    /** Runs that were trusted at the last proof of honesty, and how many of them are left. */
    private int trust;

    private int trusted;

    /** @param longest rest between two runs */
    VainRuns(Duration longest) {
        this.backoff = new Backoff(Duration.ofMillis(100), longest);
    }

    void woken(List<Listener> listeners, long now) {
        wokenAt = now;
        waiting = depth(listeners);
        whoWaited = inVain > 0 && trusted == 0 ? identities(listeners) : null;
    }

    /** A run has ended with success; null where the next may begin at once. */
    @Nullable
    Obstacle ended(List<Listener> listeners, long now) {
        if (trusted > 0) {
            trusted--;
            return null;
        }
        boolean looksVain = waiting > 0 && now - wokenAt < SHORT_NANOS && depth(listeners) >= waiting;
        Set<Long> before = whoWaited;
        Set<Long> after = looksVain && before != null ? identities(listeners) : null;
        boolean isProved = before != null && after != null && !before.isEmpty() && after.containsAll(before);
        if (!looksVain || (after != null && !isProved)) {
            boolean isHonest = looksVain;
            reset();
            trust = isHonest ? Math.min(LONGEST_TRUST, Math.max(FIRST_TRUST, 2 * trust)) : trust;
            trusted = isHonest ? trust : 0;
            return null;
        }
        trust = isProved ? 0 : trust;
        waiting = 0;
        if (++inVain <= FREE) {
            return null;
        }
        Duration rest = backoff.next();
        if (!isProved && rest.compareTo(LONGEST_WITHOUT_PROOF) > 0) {
            rest = LONGEST_WITHOUT_PROOF;
        }
        String why = "the service ends with success and accepts nobody of those who wait";
        return new Obstacle(SuspensionCause.NOTHING_ACCEPTED, rest, why);
    }

    /** Whether the last run looked vain. */
    boolean isSuspicious() {
        return inVain > 0;
    }

    void reset() {
        inVain = 0;
        waiting = 0;
        trusted = 0;
        backoff.reset();
    }

    private static int depth(List<Listener> listeners) {
        int depth = 0;
        for (Listener listener : listeners) {
            depth += listener.pendingConnections();
        }
        return depth;
    }

    /** Null where the kernel does not tell of one of them. */
    private static @Nullable Set<Long> identities(List<Listener> listeners) {
        Set<Long> all = new HashSet<>();
        for (Listener listener : listeners) {
            Optional<Set<Long>> waiting = listener.queuedIdentities();
            if (waiting.isEmpty()) {
                return null;
            }
            all.addAll(waiting.get());
        }
        return all;
    }
}
