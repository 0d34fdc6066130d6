package dev.activator.server;

import dev.activator.accounting.ProcText;
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
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Completes a picture with what /proc tells of its processes; any thread but the loop's, since smaps_rollup walks page tables. proc(5) */
final class ProcessReader {
    private static final Path PROC = Path.of("/proc");

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
        return sum(processes, "smaps_rollup", ProcText::pssBytes);
    }

    /** Processor time of all of them in nanoseconds; null where the kernel tells it of none. */
    static @Nullable Long cpu(List<ProcessStatus> processes) {
        return sum(processes, "stat", ProcText::cpuNanos);
    }

    private static @Nullable Long sum(
            List<ProcessStatus> processes, String file, Function<String, OptionalLong> figure) {
        Long sum = null;
        for (ProcessStatus process : processes) {
            OptionalLong one = figure.apply(text(process.pid(), file));
            if (one.isPresent()) {
                sum = (sum == null ? 0 : sum) + one.getAsLong();
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
