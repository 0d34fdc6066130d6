package dev.activator.handoff;

import dev.activator.handoff.kernel.Descriptors;
import dev.activator.handoff.kernel.LaunchBlock;
import dev.activator.listener.Errno;
import dev.activator.listener.OwnedFd;
import org.jspecify.annotations.Nullable;

/** The cgroup that a plan's process is to be born into, held open during the launch; or none. clone(2) CLONE_INTO_CGROUP. */
final class CgroupHandle implements AutoCloseable {
    private final @Nullable OwnedFd directory;

    private CgroupHandle(@Nullable OwnedFd directory) {
        this.directory = directory;
    }

    static CgroupHandle open(LaunchPlan plan) throws LaunchFailure {
        if (plan.cgroup() == null) {
            return new CgroupHandle(null);
        }
        int fd = Descriptors.openPath(plan.cgroup().toString());
        if (fd < 0) {
            Errno errno = new Errno(-fd);
            throw LaunchFailure.of(plan, errno.isShortage() ? LaunchStage.SPAWN : LaunchStage.CGROUP, errno);
        }
        return new CgroupHandle(OwnedFd.adopt(fd, "cgroup " + plan.cgroup()));
    }

    void setIn(LaunchBlock block) {
        if (directory != null) {
            block.cgroup(directory.number());
        }
    }

    @Override
    public void close() {
        if (directory != null) {
            directory.close();
        }
    }
}
