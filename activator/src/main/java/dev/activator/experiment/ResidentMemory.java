package dev.activator.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Memory of one process that is in RAM, in bytes, also what it shares with others. For the super-server alone that is the fair figure:
 * what its proportional set size leaves to the JVM that measures would be all its own without that. proc(5) VmRSS
 */
public final class ResidentMemory {
    private static final long KIBIBYTE = 1024;

    private ResidentMemory() {}

    public static long of(int pid) throws IOException {
        return of(Files.readAllLines(Path.of("/proc", Integer.toString(pid), "status")));
    }

    public static long of(List<String> status) throws IOException {
        for (String line : status) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * KIBIBYTE;
            }
        }
        throw new IOException("/proc does not tell how much memory the super-server has (VmRSS)");
    }
}
