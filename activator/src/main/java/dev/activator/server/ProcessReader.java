package dev.activator.server;

import dev.activator.control.MainProcess;
import dev.activator.control.ProcessStatus;
import dev.activator.control.ServiceStatus;
import dev.activator.control.UnitStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Completes a picture with what /proc tells of its processes; any thread but the loop's, since smaps_rollup walks page tables. proc(5) */
final class ProcessReader {
    private static final Path PROC = Path.of("/proc");
    private static final long KIB = 1024;
    /** Clock ticks of /proc/PID/stat are 10 ms on both architectures. time(7) USER_HZ */
    private static final long NANOS_PER_TICK = 10_000_000;

    private static final int UTIME = 11;

    private ProcessReader() {}

    /** Processes that are only known by pid so far. */
    static List<ProcessStatus> unread(List<Integer> pids) {
        return pids.stream().map(pid -> new ProcessStatus(pid, "")).toList();
    }

    /** The same picture with names, memory and processor time of the processes. */
    static UnitStatus complete(UnitStatus unit) {
        ServiceStatus service = unit.service();
        if (service == null) {
            return unit;
        }
        List<ProcessStatus> processes = new ArrayList<>();
        service.processes()
                .forEach(process -> processes.add(new ProcessStatus(process.pid(), commandLine(process.pid()))));
        ServiceStatus completed = new ServiceStatus(
                named(service.main()),
                processes,
                service.controlGroup(),
                memory(service.processes()),
                cpu(service.processes()),
                service.statusText(),
                service.connection(),
                service.restarts(),
                service.idle(),
                service.asleep());
        return unit.withService(completed);
    }

    private static @Nullable MainProcess named(@Nullable MainProcess main) {
        if (main == null || !main.isRunning()) {
            return main;
        }
        return new MainProcess(main.pid(), text(main.pid(), "comm").strip(), null, null, null, 0);
    }

    private static String commandLine(int pid) {
        String line = text(pid, "cmdline").replace('\0', ' ').strip();
        return line.isEmpty() ? "(" + text(pid, "comm").strip() + ")" : line;
    }

    /** Proportional set size of all of them in bytes; null where the kernel tells it of none. */
    static @Nullable Long memory(List<ProcessStatus> processes) {
        Long sum = null;
        for (ProcessStatus process : processes) {
            for (String line : text(process.pid(), "smaps_rollup").split("\n")) {
                if (line.startsWith("Pss:")) {
                    long kib = Long.parseLong(line.replaceAll("[^0-9]", ""));
                    sum = (sum == null ? 0 : sum) + kib * KIB;
                }
            }
        }
        return sum;
    }

    /** Processor time of all of them in nanoseconds; null where the kernel tells it of none. */
    static @Nullable Long cpu(List<ProcessStatus> processes) {
        Long sum = null;
        for (ProcessStatus process : processes) {
            String stat = text(process.pid(), "stat");
            int afterCommand = stat.lastIndexOf(')') + 2;
            String[] fields = afterCommand < 2
                    ? new String[0]
                    : stat.substring(afterCommand).split(" ");
            if (fields.length > UTIME + 1) {
                long ticks = Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1]);
                sum = (sum == null ? 0 : sum) + ticks * NANOS_PER_TICK;
            }
        }
        return sum;
    }

    private static String text(int pid, String file) {
        try {
            return new String(Files.readAllBytes(PROC.resolve(pid + "/" + file)), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }
}
