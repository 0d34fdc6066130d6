package dev.activator.handoff;

import dev.activator.config.Signal;
import dev.activator.handoff.kernel.ProcessCalls;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The instance's processes as members of the sessions that its launched processes lead; found by a walk over /proc. A process that
 * makes a session of its own escapes, which is why cgroups are better. setsid(2).
 */
final class SessionTree implements ProcessTree {
    /** Rounds of one kill: each finds what was forked during the one before. */
    private static final int KILL_ROUNDS = 8;

    private final ProcessCalls calls;
    /** By the session's number. */
    private final Map<Integer, Leader> sessions = new HashMap<>();

    private final String unit;
    private final @Nullable LaunchRecord record;

    private boolean isFreezing;

    /**
     * Who leads a session.
     *
     * @param started in clock ticks since boot
     * @param place in the record
     */
    private record Leader(long started, int place) {}

    SessionTree(ProcessCalls calls) {
        this(calls, "", null);
    }

    /** @param record where each launched process is remembered; null for nowhere */
    SessionTree(ProcessCalls calls, String unit, @Nullable LaunchRecord record) {
        this.calls = calls;
        this.unit = unit;
        this.record = record;
    }

    @Override
    public @Nullable CgroupPath cgroup() {
        return null;
    }

    @Override
    public void joined(ChildProcess process) {
        ProcFile.Stat leader = ProcFile.stat(process.pid());
        if (leader != null) {
            remember(process.pid(), leader.started());
        }
    }

    /**
     * Counts the session of that leader.
     *
     * @param started when the leader did, in clock ticks since boot
     */
    void remember(int leader, long started) {
        int place = record == null ? -1 : record.remember(new LaunchRecord.Launched(leader, started, unit));
        forget(sessions.put(leader, new Leader(started, place)));
    }

    @Override
    public List<Integer> pids() {
        return members().stream().map(ProcFile.Stat::pid).toList();
    }

    private List<ProcFile.Stat> members() {
        if (sessions.isEmpty()) {
            return List.of();
        }
        List<ProcFile.Stat> all = ProcFile.all();
        // A number that leads a session again after ours ended belongs to a stranger.
        all.forEach(process -> {
            Leader leader = sessions.get(process.pid());
            if (leader != null && leader.started() != process.started()) {
                forget(sessions.remove(process.pid()));
            }
        });
        for (Integer session : List.copyOf(sessions.keySet())) {
            if (all.stream().noneMatch(process -> process.session() == session || process.pid() == session)) {
                forget(sessions.remove(session));
            }
        }
        return all.stream()
                .filter(process -> !process.isZombie() && isOurs(process))
                .toList();
    }

    private void forget(@Nullable Leader leader) {
        if (leader != null && record != null) {
            record.forget(leader.place());
        }
    }

    /** A process that was just launched may not have begun its session yet. */
    private boolean isOurs(ProcFile.Stat process) {
        return sessions.containsKey(process.session()) || sessions.containsKey(process.pid());
    }

    @Override
    public void signal(Signal signal) {
        members().forEach(process -> send(process, signal));
    }

    private void send(ProcFile.Stat member, Signal signal) {
        int pidfd = calls.openPidfd(member.pid());
        if (pidfd < 0) {
            return;
        }
        // Between the walk and here the number may have gone to another process; behind the pidfd it cannot any more.
        if (member.isSameAs(ProcFile.stat(member.pid()))) {
            calls.signalPidfd(pidfd, signal.number());
        }
        calls.closePidfd(pidfd);
    }

    @Override
    public void kill() {
        isFreezing = false;
        for (int round = 0; round < KILL_ROUNDS; round++) {
            List<ProcFile.Stat> members = members();
            if (members.isEmpty()) {
                return;
            }
            members.forEach(process -> send(process, Signal.KILL));
        }
    }

    @Override
    public void freeze() {
        isFreezing = true;
        signal(Signal.STOP);
    }

    @Override
    public void thaw() {
        isFreezing = false;
        signal(Signal.CONT);
    }

    /** Stops again whatever was forked while the others were being stopped. */
    @Override
    public boolean isFrozen() {
        if (!isFreezing) {
            return false;
        }
        List<ProcFile.Stat> running =
                members().stream().filter(process -> !process.standsStill()).toList();
        running.forEach(process -> send(process, Signal.STOP));
        return running.isEmpty();
    }

    @Override
    public long cpuNanos() {
        return members().stream().mapToLong(ProcFile.Stat::cpuNanos).sum();
    }

    @Override
    public boolean remove() {
        return !isPopulated();
    }
}
