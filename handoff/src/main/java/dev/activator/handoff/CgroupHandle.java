package dev.activator.handoff;

import dev.activator.handoff.kernel.Descriptors;
import dev.activator.handoff.kernel.LaunchBlock;
import dev.activator.listener.BorrowedFd;
import dev.activator.listener.Errno;
import dev.activator.listener.OwnedFd;
import org.jspecify.annotations.Nullable;

/** The cgroup that a plan's process is to be born into, held open during the launch; or none. clone(2) CLONE_INTO_CGROUP. */
final class CgroupHandle implements AutoCloseable {
    private final @Nullable BorrowedFd directory;
    private final @Nullable OwnedFd opened;

    private CgroupHandle(@Nullable BorrowedFd directory, @Nullable OwnedFd opened) {
        this.directory = directory;
        this.opened = opened;
    }

    static CgroupHandle open(LaunchPlan plan) throws LaunchFailure {
        if (plan.cgroup() == null || plan.cgroup().handle() != null) {
            return new CgroupHandle(plan.cgroup() == null ? null : plan.cgroup().handle(), null);
        }
        int fd = Descriptors.openPath(plan.cgroup().toString());
        if (fd < 0) {
            Errno errno = new Errno(-fd);
            throw LaunchFailure.of(plan, errno.isShortage() ? LaunchStage.SPAWN : LaunchStage.CGROUP, errno);
        }
        OwnedFd opened = OwnedFd.adopt(fd, "cgroup " + plan.cgroup());
        return new CgroupHandle(opened.lend(), opened);
    }

    void setIn(LaunchBlock block) {
        if (directory != null) {
            block.cgroup(directory.number());
        }
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.close();
        }
    }
}
