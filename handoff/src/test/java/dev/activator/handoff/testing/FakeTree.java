package dev.activator.handoff.testing;

import dev.activator.config.Signal;
import dev.activator.handoff.CgroupLimit;
import dev.activator.handoff.CgroupPath;
import dev.activator.handoff.ChildProcess;
import dev.activator.handoff.ProcessTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The processes of one instance that starts nothing. A test says how long they take to stand still, what they used, and whether they catch
 * what ends them.
 */
public final class FakeTree implements ProcessTree {
    /** Above every pid of a launched one. */
    private static final int FIRST_FORKED = 1_500_000_001;

    private final List<FakeChild> children = new ArrayList<>();
    private final List<Integer> forked = new ArrayList<>();
    private boolean isFreezing;
    private boolean isStill;
    private int looksLeft;
    private int looksUntilFrozen;
    private boolean catchesSignals;
    private long cpuNanos;
    private boolean hasMemoryLimit;
    private boolean wasKilled;
    private @Nullable Path cgroup;
    private int walks;

    /** It stands still only at that look after each {@link #freeze}; a great number means never. */
    public FakeTree freezesAfter(int looks) {
        looksUntilFrozen = looks;
        return this;
    }

    public FakeTree catchesSignals() {
        catchesSignals = true;
        return this;
    }

    /** One of its processes forks one that outlives it. */
    public int fork() {
        int pid = FIRST_FORKED + forked.size();
        forked.add(pid);
        return pid;
    }

    /** All that were forked end. */
    public void endForked() {
        forked.clear();
    }

    /** It is a cgroup with that directory, which need not exist. */
    public FakeTree in(Path directory) {
        cgroup = directory;
        return this;
    }

    /** One of its processes has forked. */
    public void forks(int pid) {
        forked.add(pid);
    }

    /** How often its processes were looked for. */
    public int walks() {
        return walks;
    }

    public void use(long nanos) {
        cpuNanos += nanos;
    }

    /** Whether the CPU was taken from it, be it in effect yet or not. */
    public boolean isHeld() {
        return isFreezing;
    }

    @Override
    public @Nullable CgroupPath cgroup() {
        return cgroup == null ? null : new CgroupPath(cgroup, null, false);
    }

    @Override
    public List<String> limit(List<CgroupLimit> limits) {
        hasMemoryLimit = limits.stream().anyMatch(limit -> limit.controller().equals("memory"));
        return List.of();
    }

    /** Only of one with limits does a plan hear, and there is no such cgroup. */
    @Override
    public @Nullable CgroupPath toJoin() {
        return hasMemoryLimit ? new CgroupPath(Path.of("/sys/fs/cgroup/nowhere"), null, true) : null;
    }

    @Override
    public void joined(ChildProcess process) {
        children.add((FakeChild) process);
    }

    @Override
    public List<Integer> pids() {
        walks++;
        Stream<Integer> launched =
                children.stream().filter(FakeChild::isRunning).map(FakeChild::pid);
        return Stream.concat(launched, forked.stream()).toList();
    }

    @Override
    public void signal(Signal signal) {
        List.copyOf(children).forEach(child -> child.signal(signal));
    }

    @Override
    public void kill() {
        signal(Signal.KILL);
    }

    @Override
    public void wasKilled() {
        wasKilled = true;
    }

    /** Whether it was told of a SIGKILL. */
    public boolean isSuspect() {
        return wasKilled;
    }

    @Override
    public void freeze() {
        isFreezing = true;
        looksLeft = looksUntilFrozen;
    }

    @Override
    public void thaw() {
        isFreezing = false;
        isStill = false;
    }

    @Override
    public boolean isFrozen() {
        isStill = isFreezing && looksLeft-- <= 0;
        return isStill;
    }

    /** Whether its processes run: until a look has found them standing still, they may. */
    public boolean canRun() {
        return !isStill;
    }

    @Override
    public long cpuNanos() {
        return cpuNanos;
    }

    @Override
    public boolean outlives(Signal signal) {
        return catchesSignals;
    }

    @Override
    public boolean remove() {
        return pids().isEmpty();
    }
}
