package dev.activator.handoff;

import dev.activator.handoff.kernel.LaunchBlock;
import dev.activator.listener.Errno;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Progress of a process that sets itself up in our memory, read from its block there. */
final class CloneProgress implements LaunchProgress {
    private final LaunchPlan plan;
    private final List<String> deviations;
    private final boolean switchesUser;
    /** Null once it was released. */
    private @Nullable LaunchBlock block;

    private boolean hasLeft;
    private ExitStatus.@Nullable NeverExecuted failure;

    CloneProgress(LaunchPlan plan, List<String> deviations, boolean switchesUser, LaunchBlock block) {
        this.plan = plan;
        this.deviations = deviations;
        this.switchesUser = switchesUser;
        this.block = block;
    }

    /** Reads what became of it, once it has left our memory by exec or exit. */
    private void look() {
        LaunchBlock mine = block;
        if (hasLeft || mine == null || mine.isInUse()) {
            return;
        }
        hasLeft = true;
        if (mine.failedStage() != 0) {
            LaunchStage stage = LaunchStage.ofCode(mine.failedStage());
            failure = new ExitStatus.NeverExecuted(stage, stage.describe(plan, new Errno(mine.error())));
        }
    }

    /** Gives the block back, once, when the process needs it no more; null before that and afterwards. */
    @Nullable
    LaunchBlock release() {
        look();
        LaunchBlock released = hasLeft ? block : null;
        if (released != null) {
            block = null;
        }
        return released;
    }

    boolean switchesUser() {
        return switchesUser;
    }

    @Override
    public boolean hasExecuted(int pid) {
        look();
        return hasLeft && failure == null;
    }

    @Override
    public void exiting(int pid) {
        // The kernel has cleared the block before it tells of the exit.
        look();
    }

    @Override
    public ExitStatus diagnose(ExitStatus status) {
        return failure == null ? status : failure;
    }

    @Override
    public List<String> deviations() {
        return deviations;
    }

    @Override
    public String unit() {
        return plan.unit();
    }
}
