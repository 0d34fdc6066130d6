package dev.activator.accounting;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what processes take. Memory is the proportional set size of smaps_rollup, or where another user's processes do not show it, what the
 * memory controller of their cgroup says. Walks page tables, so it may take milliseconds: for any thread but the loop's. proc(5), cgroups(7)
 */
public final class ProcessMeter {
    private static final Pattern SWITCHES = Pattern.compile("(?m)^(?:non)?voluntary_ctxt_switches:\\s*(\\d+)$");
    private static final Pattern USAGE = Pattern.compile("(?m)^usage_usec (\\d+)$");
    private static final long NANOS_PER_MICRO = 1000;
    private final Path proc;
    private long memory;
    private long cpu;
    private long switches;
    private int threads;
    private String unknown = "";

    /** @param proc where proc(5) is mounted */
    public ProcessMeter(Path proc) {
        this.proc = proc;
    }

    /** @param cgroup their directory; null where they have none of their own */
    public Reading read(List<Integer> pids, @Nullable Path cgroup) {
        memory = 0;
        cpu = 0;
        switches = 0;
        threads = 0;
        unknown = "";
        pids.forEach(this::add);
        if (cgroup != null) {
            addCgroup(cgroup);
        }
        return new Reading(memory, cpu, switches, threads, unknown);
    }

    private void add(int pid) {
        Path directory = proc.resolve(Integer.toString(pid));
        try {
            addMemory(directory);
            cpu += ProcText.cpuNanos(text(directory.resolve("stat"))).orElseThrow(() -> new IOException("stat is cut"));
            addThreads(directory);
        } catch (NoSuchFileException gone) {
            // Between the list of processes and now it has ended: it takes nothing.
        } catch (IOException unreadable) {
            unknown = "cannot read " + directory + ": " + reason(unreadable);
            cpu = Reading.UNKNOWN;
        }
    }

    private void addMemory(Path process) throws IOException {
        try {
            OptionalLong pss = ProcText.pssBytes(text(process.resolve("smaps_rollup")));
            if (memory >= 0) {
                memory += pss.orElse(0);
            }
        } catch (NoSuchFileException gone) {
            throw gone;
        } catch (IOException unreadable) {
            // A process that is just ending has no memory any more, which reads as ESRCH.
            if (Files.exists(process.resolve("exe")) || unreadable instanceof AccessDeniedException) {
                memory = Reading.UNKNOWN;
                unknown = "cannot read the memory of pid " + process.getFileName() + ": " + reason(unreadable);
            }
        }
    }

    private void addThreads(Path process) throws IOException {
        try (Stream<Path> tasks = Files.list(process.resolve("task"))) {
            for (Path task : (Iterable<Path>) tasks::iterator) {
                threads++;
                Matcher count = SWITCHES.matcher(textIfAny(task.resolve("status")));
                while (count.find()) {
                    switches += Long.parseLong(count.group(1));
                }
            }
        }
    }

    /** The cgroup knows of processes that have ended, too. */
    private void addCgroup(Path cgroup) {
        Matcher usage = USAGE.matcher(textIfAny(cgroup.resolve("cpu.stat")));
        if (usage.find()) {
            cpu = Long.parseLong(usage.group(1)) * NANOS_PER_MICRO;
        }
        String current = textIfAny(cgroup.resolve("memory.current")).strip();
        if (memory < 0 && current.matches("\\d+")) {
            memory = Long.parseLong(current);
            unknown = "";
        }
    }

    private static String reason(IOException failure) {
        return failure instanceof AccessDeniedException ? "permission denied" : String.valueOf(failure.getMessage());
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static String textIfAny(Path file) {
        try {
            return text(file);
        } catch (IOException gone) {
            return "";
        }
    }
}
