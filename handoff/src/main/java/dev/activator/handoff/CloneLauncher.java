package dev.activator.handoff;

import dev.activator.config.Signal;
import dev.activator.handoff.kernel.LaunchBlock;
import dev.activator.handoff.kernel.LaunchCode;
import dev.activator.handoff.kernel.ProcessCalls;
import dev.activator.listener.Errno;
import dev.activator.listener.Lull;
import dev.activator.listener.OwnedFd;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The launcher of choice: one clone3(2), whose child sets itself up as the plan says and executes the program, all in one stage. The
 * loop does not wait for it: what goes wrong in the child ends it, and its {@link ExitStatus.NeverExecuted} names stage and errno.
 */
final class CloneLauncher implements Launcher {
    /** Strings and arrays of an ordinary plan; a block that needs more gets more. */
    private static final int ORDINARY = 8 * 1024;

    /** As many as processes may set themselves up at once when clients rush in. */
    private static final int KEPT_BLOCKS = 128;
    /** When no process has been launched for a while. */
    private static final int KEPT_IN_A_LULL = 4;

    private static final Duration LULL = Duration.ofSeconds(2);
    private static final int KEPT_CHANGES = 64;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Children children;
    private final ProcessCalls calls;
    private final LaunchCode code;
    /** For plans with steps of programs of the host; made when the first one comes. */
    private @Nullable Launcher chains;

    private final Inherited inherited;
    private final Preflight preflight;
    private final PlanEncoder encoder;
    private final LowDescriptors low;
    private final Deque<LaunchBlock> idleBlocks = new ArrayDeque<>();
    /** By the contexts of plans, each of which is one for all launches of a command. */
    private final IdentityHashMap<ExecContext, PlanChanges> changes = new IdentityHashMap<>();

    /** Processes that still share our memory. */
    private final List<CloneProgress> settingUp = new ArrayList<>();

    /** Descriptors that were lent to processes which may not have taken them yet. */
    private final List<Lent> lent = new ArrayList<>();

    private final Lull lull;
    private final boolean isDumpable;
    /** Whether a child that switched its user may have made us undumpable. */
    private boolean isBarred;

    private boolean looksAgain;
    /** About how many descriptors there are, as it was before the rush. */
    private int tableSize;

    CloneLauncher(Children children, LaunchCode code, Inherited inherited) {
        this.children = children;
        this.calls = children.calls();
        this.code = code;
        this.inherited = inherited;
        preflight = new Preflight(children, inherited);
        encoder = new PlanEncoder(IgnoredSignals.ofThisProcess());
        low = LowDescriptors.reserve();
        isDumpable = calls.isDumpable();
        lull = new Lull(children.loop(), LULL, "memory of launches", this::keepFewBlocks);
    }

    @Override
    public ChildProcess launch(LaunchPlan plan) throws LaunchFailure {
        if (!plan.context().steps().isEmpty()) {
            return chains().launch(plan);
        }
        preflight.check(plan);
        PlanChanges changes = changes(plan);
        lull.stir();
        collectBlocks();
        LaunchBlock block = idleBlocks.isEmpty() ? new LaunchBlock(ORDINARY) : idleBlocks.pop();
        encoder.encode(plan, changes, block);
        boolean isHeardOf = children.areExitsTold();
        if (!isHeardOf) {
            block.wantPidfd();
        }
        int pid;
        try (CgroupHandle cgroup = CgroupHandle.open(plan)) {
            cgroup.setIn(block);
            pid = launch(plan, block);
        } catch (LaunchFailure failure) {
            idleBlocks.push(block);
            throw failure;
        }
        boolean switchesUser = changes.credentials() != null;
        CloneProgress progress = new CloneProgress(plan, changes.deviations(), switchesUser, block);
        settingUp.add(progress);
        if (switchesUser && isDumpable) {
            isBarred = true;
            lookAgainSoon();
        }
        return isHeardOf
                ? children.expect(pid, progress)
                : children.watch(pid, OwnedFd.adopt(block.pidfd(), plan.unit() + " process " + pid), progress);
    }

    private PlanChanges changes(LaunchPlan plan) throws LaunchFailure {
        PlanChanges known = changes.get(plan.context());
        if (known == null) {
            known = PlanChanges.of(plan, inherited);
            if (changes.size() >= KEPT_CHANGES) {
                changes.clear();
            }
            changes.put(plan.context(), known);
        }
        return known;
    }

    private Launcher chains() {
        Launcher present = chains;
        if (present == null) {
            present = new ChainLauncher(children, HostTools.find(), inherited);
            chains = present;
        }
        return present;
    }

    private int launch(LaunchPlan plan, LaunchBlock block) throws LaunchFailure {
        int[] sources = FdShuffle.sources(plan.fds(), low.devNull());
        if (settingUp.isEmpty()) {
            tableSize = low.tableSize(tableSize);
        }
        if (!low.isWorthwhile(sources.length, tableSize)) {
            block.descriptors(FdShuffle.order(sources), sources.length);
            return launched(plan, code.launch(block));
        }
        if (!low.hasRoomFor(sources.length)) {
            takeAllBack();
        }
        LowDescriptors.Loan loan = lend(plan, sources);
        block.descriptors(FdShuffle.order(loan.sources()), sources.length);
        block.takeOnlyBelow(low.end());
        int pid = code.launch(block);
        if (pid <= 0) {
            loan.close();
        } else {
            lent.add(new Lent(loan, block, pid));
            if (lent.size() == 1) {
                children.loop().execute(this::takeAllBack);
            }
        }
        return launched(plan, pid);
    }

    private LowDescriptors.Loan lend(LaunchPlan plan, int[] sources) throws LaunchFailure {
        try {
            return low.lend(sources);
        } catch (LowDescriptors.Refused refused) {
            throw LaunchFailure.of(plan, LaunchStage.FDS, refused.errno());
        }
    }

    /**
     * At the end of the turn, so that one wait serves all who were launched in it: a client must see its connection end when its service
     * ends, and no later.
     */
    private void takeAllBack() {
        boolean isLate = false;
        for (Lent each : lent) {
            // Of several that somebody holds only the first is waited for.
            boolean isTaken = isLate ? each.block().isApart() : code.awaitApart(each.block());
            if (!isTaken) {
                isLate = true;
                // Nobody else collects our children, so the number is still its own.
                calls.kill(each.pid(), Signal.KILL.number());
            }
            each.loan().close();
        }
        lent.clear();
    }

    /** What a process was lent, and the block that tells when it has taken it. */
    private record Lent(LowDescriptors.Loan loan, LaunchBlock block, int pid) {}

    private static int launched(LaunchPlan plan, int pid) throws LaunchFailure {
        if (pid > 0) {
            return pid;
        }
        Errno errno = new Errno(-pid);
        boolean isShortage = errno.isShortage() || errno.equals(Errno.EAGAIN);
        throw LaunchFailure.of(
                plan, plan.cgroup() != null && !isShortage ? LaunchStage.CGROUP : LaunchStage.SPAWN, errno);
    }

    /** Takes back the blocks of processes that have left our memory, and what of our descriptors was lent with one. */
    private void collectBlocks() {
        boolean anySwitches = false;
        for (int i = settingUp.size() - 1; i >= 0; i--) {
            LaunchBlock block = settingUp.get(i).release();
            if (block == null) {
                anySwitches |= settingUp.get(i).switchesUser();
                continue;
            }
            settingUp.remove(i);
            if (idleBlocks.size() < KEPT_BLOCKS) {
                idleBlocks.push(block);
            }
        }
        // Behind the blocks: one that has come back tells nothing of its loan once it is used again.
        lent.removeIf(each -> {
            boolean isTaken = each.block().isApart();
            if (isTaken) {
                each.loan().close();
            }
            return isTaken;
        });
        if (isBarred && !anySwitches) {
            isBarred = false;
            calls.makeDumpable();
        }
    }

    private void keepFewBlocks() {
        collectBlocks();
        while (idleBlocks.size() > KEPT_IN_A_LULL) {
            idleBlocks.pop();
        }
    }

    /**
     * A child that switches its user while it shares our memory makes the kernel bar others of that user from it, and with it from
     * looking into our own /proc entries; that ends when the last such child is gone. ptrace(2), PR_SET_DUMPABLE.
     */
    private void lookAgainSoon() {
        if (!looksAgain) {
            looksAgain = true;
            children.loop().after(LOOK_AGAIN, "end of launches with User=", () -> {
                looksAgain = false;
                collectBlocks();
                if (isBarred) {
                    lookAgainSoon();
                }
            });
        }
    }

    @Override
    public void close() {
        takeAllBack();
        low.close();
    }
}
