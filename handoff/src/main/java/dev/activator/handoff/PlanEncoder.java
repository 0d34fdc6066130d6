package dev.activator.handoff;

import dev.activator.handoff.kernel.LaunchBlock;
import dev.activator.handoff.kernel.ProcessCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes all of a plan but its descriptors and its cgroup into a block for the launch code. */
final class PlanEncoder {
    private static final boolean PIDFDS_HAVE_NUMBERS = new ProcessCalls().pidfdsHaveNumbers();

    private final long ignoredSignals;

    /**
     * An encoder for children of this process.
     *
     * @param ignoredSignals bits of the signals that this process ignores
     */
    PlanEncoder(long ignoredSignals) {
        this.ignoredSignals = ignoredSignals;
    }

    void encode(LaunchPlan plan, PlanChanges changes, LaunchBlock block) {
        List<String> pidVariables = new ArrayList<>(3);
        String pidfdVariable = null;
        for (PidVariable variable : plan.pidVariables()) {
            if (variable != PidVariable.LISTEN_PIDFDID) {
                pidVariables.add(variable.name());
            } else if (PIDFDS_HAVE_NUMBERS) {
                pidfdVariable = variable.name();
            }
        }
        block.begin(size(plan));
        block.program(plan.executable(), plan.argv(), plan.environment(), pidVariables, pidfdVariable);
        block.directory(plan.context().workingDirectory(), plan.context().workingDirectoryOptional());
        block.signals(ignoredSignals, plan.context().ignoreSigpipe());
        if (changes.umask()) {
            block.umask(plan.context().umask());
        }
        if (changes.nice() != null) {
            block.nice(changes.nice());
        }
        if (changes.oomScoreAdjust() != null) {
            block.oomScoreAdjust(changes.oomScoreAdjust());
        }
        if (plan.cgroup() != null && plan.cgroup().hasMemoryLimit()) {
            block.waitForExec();
        }
        block.limits(changes.limits().byResource());
        encodePrivileges(plan, changes, block);
    }

    private static void encodePrivileges(LaunchPlan plan, PlanChanges changes, LaunchBlock block) {
        Credentials credentials = changes.credentials();
        if (credentials != null) {
            block.ids(credentials.uid(), credentials.gid());
            if (!changes.keepsGroups()) {
                block.groups(credentials.groups());
            }
        }
        Set<Capability> bounding = changes.boundingSet();
        if (bounding != null) {
            block.boundingSet(Capability.bits(bounding));
        }
        if (!plan.context().ambientSet().isEmpty()) {
            block.ambientSet(Capability.bits(plan.context().ambientSet()));
        }
        if (changes.noNewPrivileges()) {
            block.noNewPrivileges();
        }
    }

    /** At most; the descriptors, which come later, included. */
    private static int size(LaunchPlan plan) {
        int groups = plan.context().credentials() == null
                ? 0
                : plan.context().credentials().groups().size();
        return LaunchBlock.sizeOf(plan.executable())
                + LaunchBlock.sizeOf(plan.context().workingDirectory())
                + LaunchBlock.sizeOf(plan.argv())
                + LaunchBlock.sizeOf(plan.environment())
                + LaunchBlock.sizeOf(plan.pidVariables().size() + 1, 64)
                + LaunchBlock.sizeOf(2 * (plan.fds().size() + 3), 8)
                + LaunchBlock.sizeOf(plan.context().limits().size(), 24)
                + LaunchBlock.sizeOf(groups, 4)
                + LaunchBlock.sizeOf(4, 32);
    }
}
