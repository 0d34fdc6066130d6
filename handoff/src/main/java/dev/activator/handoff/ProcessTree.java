package dev.activator.handoff;

import dev.activator.config.Signal;
import dev.activator.listener.SystemCallException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All processes of one instance of a service, those included that its processes forked: a cgroup where the host lets us have one,
 * else the sessions of what was launched. No call blocks. For the loop's thread.
 */
public interface ProcessTree {

    /** Where all its processes are; null where there are no cgroups. */
    @Nullable
    CgroupPath cgroup();

    /**
     * What the next of the instance's launch plans has to join: the {@link #cgroup}, or one below it; null where there are none.
     *
     * @throws SystemCallException where one has to be made and the kernel refuses
     */
    default @Nullable CgroupPath toJoin() {
        return cgroup();
    }

    /**
     * Sets limits for all that is going to live in it; to be called before the first launch.
     *
     * @return settings that could not be applied, each a sentence
     */
    default List<String> limit(List<CgroupLimit> limits) {
        return limits.stream()
                .map(limit -> limit.setting() + " cannot be applied: services have no control groups here, ignoring")
                .toList();
    }

    /** Counts a process that was launched for this instance; to be called right after each launch. */
    void joined(ChildProcess process);

    /** The processes that live right now. */
    List<Integer> pids();

    /** Whether any process lives. */
    default boolean isPopulated() {
        return !pids().isEmpty();
    }

    /** Sends the signal to every process. What is forked meanwhile may be missed, unlike with {@link #kill}. */
    void signal(Signal signal);

    /** Ends every process with SIGKILL, those included that are being forked. They are gone a moment after the call. */
    void kill();

    /** To be told of a process that ended by a SIGKILL of whomever: it may have met them all. */
    default void wasKilled() {}

    /** Takes the CPU from all of them until {@link #thaw}. It takes a moment: {@link #isFrozen}. */
    void freeze();

    void thaw();

    /** Whether nothing in it runs since {@link #freeze}. */
    boolean isFrozen();

    /** Processor time of all that ever lived in it, in nanoseconds; of those that ended a session tree knows only what was waited for. */
    long cpuNanos();

    /** The way to give back the memory of those that live now, for any thread to go. */
    default MemoryReturn memoryReturn() {
        CgroupPath own = cgroup();
        return new MemoryReturn(pids(), own == null ? Optional.empty() : Optional.of(own.directory()));
    }

    /**
     * Whether some process would outlive this signal, if only for a moment: it catches, blocks or ignores it. Where none does, a signal
     * that is sent while they are frozen ends them before they run one more instruction of their own. signal(7).
     */
    default boolean outlives(Signal signal) {
        return pids().stream().anyMatch(pid -> ProcFile.outlives(pid, signal));
    }

    /** Gives back what the tree itself takes; false where a process still lives or is just going: try again later. */
    boolean remove();
}
