package dev.activator.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Memory that new processes may use before the kernel must take some from others. */
public final class AvailableMemory {
    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final List<Path> CGROUPS = List.of(Path.of("/sys/fs/cgroup"), Path.of("/sys/fs/cgroup/memory"));
    private static final long KIBIBYTES_PER_MEBIBYTE = 1024;
    private static final long BYTES_PER_MEBIBYTE = 1 << 20;

    private AvailableMemory() {}

    /** The host's, or what the limit of the container leaves, whichever is less. proc(5), cgroups(7) */
    public static long mebibytes() throws IOException {
        long available = ofHost(Files.readAllLines(MEMINFO));
        for (Path cgroup : CGROUPS) {
            available = Math.min(available, left(cgroup, "memory.max", "memory.current"));
            available = Math.min(available, left(cgroup, "memory.limit_in_bytes", "memory.usage_in_bytes"));
        }
        return available;
    }

    public static long ofHost(List<String> meminfo) {
        return meminfo.stream()
                .filter(line -> line.startsWith("MemAvailable:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / KIBIBYTES_PER_MEBIBYTE)
                .findFirst()
                .orElse(0);
    }

    /** What a control group's limit leaves; no limit if it has none or there is no such group. */
    public static long left(Path cgroup, String limitFile, String usageFile) throws IOException {
        Path limit = cgroup.resolve(limitFile);
        if (!Files.isReadable(limit)) {
            return Long.MAX_VALUE;
        }
        String most = Files.readString(limit).strip();
        if (most.equals("max")) {
            return Long.MAX_VALUE;
        }
        long used = Long.parseLong(Files.readString(cgroup.resolve(usageFile)).strip());
        return Math.max(0, Long.parseLong(most) - used) / BYTES_PER_MEBIBYTE;
    }
}
