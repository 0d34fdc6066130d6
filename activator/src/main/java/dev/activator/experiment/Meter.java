package dev.activator.experiment;

import dev.activator.accounting.ProcText;
import dev.activator.accounting.ProcessMeter;
import dev.activator.accounting.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Looks at a super-server and at all processes below it, from /proc alone. What processes that have ended used is known from the processor
 * time that the super-server waited for. proc(5), wait(2) RUSAGE_CHILDREN
 */
final class Meter {
    private static final Path PROC = Path.of("/proc");

    private final int server;
    private final ProcessMeter meter = new ProcessMeter(PROC);
    private final Map<Integer, Long> switches = new HashMap<>();
    private final long begin;
    private final long serviceCpuBefore;
    private final long serverCpuBefore;
    private long serviceSwitches;
    private long serverSwitches;
    private String unknown = "";

    /** Begins to count. */
    Meter(int server) throws IOException {
        this.server = server;
        List<Integer> services = services();
        services.forEach(this::read);
        read(server);
        serviceSwitches = 0;
        serverSwitches = 0;
        begin = System.nanoTime();
        serviceCpuBefore = serviceCpu(services);
        serverCpuBefore = cpu(server, ProcText::cpuNanos);
    }

    /** Looks once; from one thread at a time. */
    Look look() throws IOException {
        List<Integer> services = services();
        long memory = 0;
        for (int pid : services) {
            long bytes = read(pid).memory();
            memory = memory < 0 || bytes < 0 ? Reading.UNKNOWN : memory + bytes;
        }
        read(server);
        return new Look(
                (System.nanoTime() - begin) / 1e9,
                memory,
                ResidentMemory.of(server),
                services.size(),
                serviceCpu(services) - serviceCpuBefore,
                cpu(server, ProcText::cpuNanos) - serverCpuBefore,
                serviceSwitches,
                serverSwitches);
    }

    /** Why a figure is unknown; empty where none is. */
    String unknown() {
        return unknown;
    }

    private List<Integer> services() throws IOException {
        return ProcessHandle.of(server)
                .orElseThrow(() -> new IOException("the super-server has ended"))
                .descendants()
                .map(process -> Math.toIntExact(process.pid()))
                .toList();
    }

    /** Reads one process, and counts what its threads have been switched since the look before. */
    private Reading read(int pid) {
        Reading reading = meter.read(List.of(pid), null);
        if (!reading.unknown().isEmpty()) {
            unknown = reading.unknown();
        }
        long more = Math.max(0, reading.switches() - switches.getOrDefault(pid, 0L));
        switches.put(pid, reading.switches());
        if (pid == server) {
            serverSwitches += more;
        } else {
            serviceSwitches += more;
        }
        return reading;
    }

    private long serviceCpu(List<Integer> services) {
        long sum = cpu(server, ProcText::waitedCpuNanos);
        for (int pid : services) {
            sum += cpu(pid, ProcText::cpuNanos) + cpu(pid, ProcText::waitedCpuNanos);
        }
        return sum;
    }

    /** Of a process that has ended meanwhile nothing: whoever waited for it has it. */
    private static long cpu(int pid, Function<String, OptionalLong> of) {
        try {
            byte[] stat = Files.readAllBytes(PROC.resolve(Integer.toString(pid)).resolve("stat"));
            return of.apply(new String(stat, StandardCharsets.UTF_8)).orElse(0);
        } catch (IOException gone) {
            return 0;
        }
    }
}
