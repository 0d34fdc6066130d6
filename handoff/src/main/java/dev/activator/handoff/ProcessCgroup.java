package dev.activator.handoff;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where any process is in the version 2 hierarchy, by one tiny read. proc_pid_cgroup(5). */
public final class ProcessCgroup {
    private static final String UNIFIED = "0::";

    private ProcessCgroup() {}

    /** {@code /system.slice/activator-main/web.service/1}, as our cgroup namespace names it; empty where the process is gone or in none. */
    public static String of(int pid) {
        try {
            Path file = Path.of("/proc", Integer.toString(pid), "cgroup");
            return Files.readString(file, StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> line.startsWith(UNIFIED))
                    .map(line -> line.substring(UNIFIED.length()))
                    .findFirst()
                    .orElse("");
        } catch (IOException gone) {
            return "";
        }
    }
}
