package dev.activator.handoff;

import dev.activator.config.Signal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tiny reads of {@code /proc/PID/…}, safe on the loop; empty where the process is gone. proc(5). */
final class ProcFile {
    private static final Path ROOT = Path.of("/proc");
    /** Field 22 of proc_pid_stat(5), counted from 0 at field 3, the state. */
    private static final int START_TIME = 19;
    /** Fields 14 to 17: its own time in user and kernel mode, and that of the children it waited for. */
    private static final int FIRST_TIME = 11;

    private static final int TIMES = 4;
    /** A clock tick of /proc is 10 ms on both architectures. time(7) */
    private static final long NANOS_PER_TICK = 10_000_000;
    /** Bytes that are read of a file. */
    static final int LONGEST = 4096;

    private ProcFile() {}

    /** The kernel's name for the process, which a zombie keeps. */
    static String comm(int pid) {
        return new String(read(pid, "comm"), StandardCharsets.UTF_8).stripTrailing();
    }

    /** The first {@link #LONGEST} bytes of its words, each with a NUL behind it; empty for a zombie, and for a moment in an exec. */
    static byte[] commandLine(int pid) {
        return read(pid, "cmdline");
    }

    /** Whether a variable whose name and sign begin so is among the first {@link #LONGEST} bytes of its first environment, if we may see that. */
    static boolean hasVariable(int pid, String beginning) {
        String environment = "\0" + new String(read(pid, "environ"), StandardCharsets.ISO_8859_1);
        return environment.contains("\0" + beginning);
    }

    /** State, parent and session of a process, null where it is gone. */
    static @Nullable Stat stat(int pid) {
        String text = new String(read(pid, "stat"), StandardCharsets.ISO_8859_1);
        // The name in brackets may hold anything, closing brackets included.
        String[] fields = text.substring(text.lastIndexOf(')') + 1).trim().split(" ", -1);
        return fields.length <= START_TIME
                ? null
                : new Stat(
                        pid,
                        fields[0].charAt(0),
                        Integer.parseInt(fields[1]),
                        Integer.parseInt(fields[3]),
                        Long.parseLong(fields[START_TIME]),
                        cpuNanos(fields));
    }

    private static long cpuNanos(String[] fields) {
        long ticks = 0;
        for (int i = 0; i < TIMES; i++) {
            ticks += Long.parseLong(fields[FIRST_TIME + i]);
        }
        return ticks * NANOS_PER_TICK;
    }

    /** Whether the process catches, blocks or ignores the signal, by the masks of proc_pid_status(5). */
    static boolean outlives(int pid, Signal signal) {
        String status = new String(read(pid, "status"), StandardCharsets.ISO_8859_1);
        long bit = 1L << (signal.number() - 1);
        return status.lines()
                .filter(line -> line.startsWith("SigBlk:") || line.startsWith("SigIgn:") || line.startsWith("SigCgt:"))
                .anyMatch(line -> (Long.parseUnsignedLong(
                                        line.substring("SigBlk:".length()).trim(), 16)
                                & bit)
                        != 0);
    }

    /** A line of {@code smaps_rollup} such as {@code Rss:}; 0 where there is none. The kernel walks all of its pages for it. */
    static long kibibytes(int pid, String field) {
        String rollup = new String(read(pid, "smaps_rollup"), StandardCharsets.ISO_8859_1);
        return rollup.lines()
                .filter(line -> line.startsWith(field))
                .map(line -> line.substring(field.length()).replace("kB", "").trim())
                .mapToLong(Long::parseLong)
                .sum();
    }

    /** All processes that can be seen. A walk: some milliseconds on a host with thousands. */
    static List<Stat> all() {
        List<Stat> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(ROOT, "[0-9]*")) {
            for (Path entry : entries) {
                Stat stat = stat(Integer.parseInt(entry.getFileName().toString()));
                if (stat != null) {
                    found.add(stat);
                }
            }
        } catch (IOException noProc) {
            return List.of();
        }
        return found;
    }

    /** One read, since a process may exec between two: together they would show a mixture. */
    private static byte[] read(int pid, String name) {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST);
        try (FileChannel file =
                FileChannel.open(ROOT.resolve(Integer.toString(pid)).resolve(name))) {
            int length = Math.max(0, file.read(buffer));
            return Arrays.copyOf(buffer.array(), length);
        } catch (IOException gone) {
            return new byte[0];
        }
    }

    /**
     * @param state R, S, D, T, Z…
     * @param started clock ticks since boot; a process that gets the number of an older one differs in it
     * @param cpuNanos in ticks of 10 ms, with what the children had used that it waited for
     */
    record Stat(int pid, char state, int parent, int session, long started, long cpuNanos) {
        boolean isZombie() {
            return state == 'Z' || state == 'X';
        }

        /** Stopped, or waiting in the kernel for one that is stopped, as a parent does whose vfork child has not executed yet. */
        boolean standsStill() {
            return state == 'T' || state == 't' || state == 'D';
        }

        boolean isSameAs(@Nullable Stat other) {
            return other != null && pid == other.pid && started == other.started;
        }
    }
}
