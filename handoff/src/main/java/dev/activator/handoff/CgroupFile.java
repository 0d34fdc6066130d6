package dev.activator.handoff;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Reads and writes of a cgroup's small control files. */
final class CgroupFile {
    private CgroupFile() {}

    /** Empty where the cgroup, or this file of it, does not exist. */
    static List<String> lines(Path cgroup, String name) {
        try {
            return Files.readAllLines(cgroup.resolve(name));
        } catch (IOException absent) {
            return List.of();
        }
    }

    /** False where the kernel does not take it. */
    static boolean write(Path cgroup, String name, String value) {
        try {
            Files.writeString(cgroup.resolve(name), value, StandardOpenOption.WRITE);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
