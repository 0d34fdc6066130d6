package dev.activator.handoff;

import dev.activator.handoff.kernel.ProcessCalls;
import dev.activator.listener.Errno;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives the memory of processes that stand still back to the host: through their cgroup where it has the memory controller, else page by
 * page. What they read from files goes always, since it can be read again; what they made themselves goes only where there is swap. It comes
 * back by itself when they touch it. cgroups(7) memory.reclaim, process_madvise(2) MADV_PAGEOUT.
 */
public final class MemoryReturn {
    private static final String RESIDENT = "Rss:";
    private static final String OWN = "Anonymous:";
    private static final long KIB = 1024;

    private final ProcessCalls calls = new ProcessCalls();
    private final List<Integer> pids;
    private final Optional<Path> reclaim;

    /**
     * What became of it.
     *
     * @param before bytes that were resident
     * @param after bytes that still are
     * @param drawback why not more went, one clause; empty where nothing stood in the way
     */
    public record Outcome(long before, long after, String drawback) {}

    /**
     * Nothing happens yet.
     *
     * @param pids the processes
     * @param cgroup their own cgroup, where they have one
     */
    MemoryReturn(List<Integer> pids, Optional<Path> cgroup) {
        this.pids = List.copyOf(pids);
        this.reclaim =
                cgroup.map(directory -> directory.resolve("memory.reclaim")).filter(Files::isWritable);
    }

    /** Does it. It takes as long as the host takes to write to its swap: not for the loop's thread. */
    public Outcome perform() {
        long before = resident(RESIDENT);
        String refused = reclaim.isPresent() ? reclaimAll(reclaim.get(), before) : pageOut();
        long own = resident(OWN);
        String drawback = !refused.isEmpty() || own == 0 || hasSwap()
                ? refused
                : "the host has no swap for the " + own / KIB / KIB + " MiB that are their own data";
        return new Outcome(before, resident(RESIDENT), drawback);
    }

    private static String reclaimAll(Path file, long bytes) {
        try {
            Files.writeString(file, Long.toString(bytes));
            return "";
        } catch (IOException partly) {
            return ""; // EAGAIN: less than asked for could go; what stays is seen by looking
        }
    }

    private String pageOut() {
        for (int pid : pids) {
            int result = pageOut(pid);
            if (result < 0 && result != -Errno.ESRCH.number()) {
                Errno errno = new Errno(-result);
                boolean lacksRight = errno.equals(Errno.EPERM);
                return "process_madvise: " + errno + (lacksRight ? ", which needs CAP_SYS_NICE" : "");
            }
        }
        return "";
    }

    private int pageOut(int pid) {
        List<ProcessCalls.Range> ranges = ranges(pid);
        int pidfd = calls.openPidfd(pid);
        if (pidfd < 0) {
            return pidfd;
        }
        try {
            int result = 0;
            for (ProcessCalls.Range range : ranges) {
                int one = calls.pageOut(pidfd, range);
                result = one < 0 && one != -Errno.EINVAL.number() && one != -Errno.ENOMEM.number() ? one : result;
            }
            return result;
        } finally {
            calls.closePidfd(pidfd);
        }
    }

    /** Without what the kernel maps for itself. */
    private static List<ProcessCalls.Range> ranges(int pid) {
        List<ProcessCalls.Range> ranges = new ArrayList<>();
        try {
            for (String line :
                    Files.readAllLines(Path.of("/proc", Integer.toString(pid), "maps"), StandardCharsets.ISO_8859_1)) {
                int dash = line.indexOf('-');
                int space = line.indexOf(' ');
                boolean isAccessible = !line.startsWith("---p", space + 1);
                if (isAccessible
                        && !line.endsWith("[vvar]")
                        && !line.contains("[vdso]")
                        && !line.contains("[vsyscall]")) {
                    ranges.add(new ProcessCalls.Range(
                            Long.parseUnsignedLong(line.substring(0, dash), 16),
                            Long.parseUnsignedLong(line.substring(dash + 1, space), 16)));
                }
            }
        } catch (IOException gone) {
            return List.of();
        }
        return ranges;
    }

    private long resident(String field) {
        return pids.stream()
                .mapToLong(pid -> ProcFile.kibibytes(pid, field) * KIB)
                .sum();
    }

    private static boolean hasSwap() {
        try {
            return Files.readAllLines(Path.of("/proc/swaps"), StandardCharsets.ISO_8859_1)
                            .size()
                    > 1;
        } catch (IOException unknown) {
            return false;
        }
    }
}
