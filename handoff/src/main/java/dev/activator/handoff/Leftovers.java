package dev.activator.handoff;

import dev.activator.handoff.LaunchRecord.Launched;
import dev.activator.handoff.kernel.ProcessCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Ends the processes that a killed predecessor left, by its {@link LaunchRecord}. Needed once, at a start without cgroups. */
final class Leftovers {
    /** How long killed processes may take to go, which a gigabyte of memory or a hung disk makes long. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);
    private static final String MARK = "INVOCATION_ID=";

    private final ProcessCalls calls;

    Leftovers(ProcessCalls calls) {
        this.calls = calls;
    }

    /**
     * Ends those that surely were launched by the predecessor, with their sessions, and waits some seconds at most until they have given back
     * their sockets.
     *
     * @return what was ended, {@code web.service (process 4711)}
     */
    List<String> end(List<Launched> launched) {
        List<String> ended = new ArrayList<>();
        List<SessionTree> trees = new ArrayList<>();
        List<ProcFile.Stat> all = launched.isEmpty() ? List.of() : ProcFile.all();
        for (Launched leader : launched) {
            if (leader.pid() != calls.session(0) && isOurs(leader, all)) {
                SessionTree tree = new SessionTree(calls);
                tree.remember(leader.pid(), leader.started());
                tree.kill();
                trees.add(tree);
                ended.add(leader.unit() + " (process " + leader.pid() + ")");
            }
        }
        awaitEnd(trees, SessionTree::isPopulated);
        return ended;
    }

    /** Waits some seconds at most until none of those that were killed lives any more. */
    static <T> void awaitEnd(List<T> killed, Predicate<T> lives) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (T each : killed) {
            while (lives.test(each) && System.nanoTime() < deadline) {
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        }
    }

    /** The same process, or one that it left in its session; a number that was given anew since is a stranger's. */
    private static boolean isOurs(Launched leader, List<ProcFile.Stat> all) {
        ProcFile.@Nullable Stat now = null;
        boolean hasMember = false;
        for (ProcFile.Stat process : all) {
            if (process.pid() == leader.pid()) {
                now = process;
            } else if (!process.isZombie() && process.session() == leader.pid()) {
                hasMember |= process.started() >= leader.started() && ProcFile.hasVariable(process.pid(), MARK);
            }
        }
        return now == null ? hasMember : now.started() == leader.started() && (hasMember || !now.isZombie());
    }
}
