package dev.activator.handoff;

import java.nio.file.Path;

/**
 * The directory of a cgroup in the version 2 hierarchy, {@code /sys/fs/cgroup/activator-main/web.service/1}. cgroups(7).
 *
 * @param directory absolute
 */
public record CgroupPath(Path directory) {
    public CgroupPath {
        if (!directory.isAbsolute()) {
            throw new IllegalArgumentException("cgroup " + directory + " is not absolute");
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
