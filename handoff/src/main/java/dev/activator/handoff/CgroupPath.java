package dev.activator.handoff;

import dev.activator.listener.BorrowedFd;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a cgroup in the version 2 hierarchy, {@code /sys/fs/cgroup/activator-main/web.service/1}. cgroups(7).
 *
 * @param directory absolute
 * @param handle an open descriptor of it, null: there is none; must stay open until the launch returns
 * @param hasMemoryLimit whether what it holds may be ended for want of memory
 */
public record CgroupPath(Path directory, @Nullable BorrowedFd handle, boolean hasMemoryLimit) {
    public CgroupPath {
        if (!directory.isAbsolute()) {
            throw new IllegalArgumentException("cgroup " + directory + " is not absolute");
        }
    }

    CgroupPath(Path directory) {
        this(directory, null);
    }

    CgroupPath(Path directory, @Nullable BorrowedFd handle) {
        this(directory, handle, false);
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
