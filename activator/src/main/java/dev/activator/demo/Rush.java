package dev.activator.demo;

import dev.activator.cli.TimeText;
import dev.activator.control.ServiceStatus;
import dev.activator.control.UnitStatus;
import dev.activator.experiment.AvailableMemory;
import dev.activator.experiment.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All services at once, each with one client that has been answered and stays connected, as if they were always on.
 *
 * @param started how many of each kind were started; fewer than there are if memory is short
 * @param answeredMicros from the first connect to the last answer
 * @param processes how many processes they were
 * @param bytes proportional set size of those of each kind
 */
record Rush(ServiceMix started, long answeredMicros, int processes, Map<ServiceKind, Long> bytes) {
    private static final long NANOS_PER_MICRO = 1000;

    static Rush measure(Stage stage) throws IOException, InterruptedException {
        Screen screen = stage.screen();
        ServiceMix all = stage.fleet().mix();
        ServiceMix started = all.within(AvailableMemory.mebibytes() / 2);
        screen.step("What would it cost to keep them all running?");
        screen.say(
                started.equals(all)
                        ? "To measure that, one client connects to each of the " + all.total()
                                + " sockets, all at once, and stays."
                        : "This host has too little free memory to start all " + all.total() + " services; a sample of "
                                + started.total() + " is started and the rest is reckoned from it.");
        List<DemoService> services = stage.fleet().sample(started);
        List<Visitor> visitors = new ArrayList<>();
        try {
            return visit(stage, services, visitors, started);
        } finally {
            for (Visitor visitor : visitors) {
                visitor.close();
            }
        }
    }

    private static Rush visit(Stage stage, List<DemoService> services, List<Visitor> visitors, ServiceMix started)
            throws IOException {
        long begin = System.nanoTime();
        for (DemoService service : services) {
            visitors.add(Visitor.connect(service));
        }
        Progress progress = stage.screen().progress("Answers");
        for (int i = 0; i < visitors.size(); i++) {
            visitors.get(i).ask();
            progress.update((i + 1) + " of " + visitors.size());
        }
        long micros = (System.nanoTime() - begin) / NANOS_PER_MICRO;
        progress.end("all " + visitors.size() + " after " + TimeText.measured(micros));
        return weigh(stage, services, started, micros);
    }

    private static Rush weigh(Stage stage, List<DemoService> services, ServiceMix started, long micros)
            throws IOException {
        Map<ServiceKind, Long> bytes = new EnumMap<>(ServiceKind.class);
        int processes = 0;
        Progress progress = stage.screen().progress("Weighing them");
        for (UnitStatus running : stage.client().units()) {
            for (DemoService service : services) {
                if (running.state().active().isActive() && service.isRunBy(running.id())) {
                    ServiceStatus status = status(stage, running.id());
                    bytes.merge(service.kind(), memory(status, running.id()), Long::sum);
                    processes += status.processes().size();
                    progress.update(processes + " processes");
                }
            }
        }
        progress.end(processes + " processes");
        return new Rush(started, micros, processes, bytes);
    }

    private static ServiceStatus status(Stage stage, String unit) throws IOException {
        ServiceStatus status =
                stage.client().unit(unit).map(UnitStatus::service).orElse(null);
        if (status == null) {
            throw new IOException(unit + " ended although its client is connected");
        }
        return status;
    }

    private static long memory(ServiceStatus status, String unit) throws IOException {
        Long memory = status.memory();
        if (memory == null) {
            throw new IOException("this kernel does not tell the memory of " + unit + " (/proc/PID/smaps_rollup)");
        }
        return memory;
    }

    /** Memory that so many of a kind need, from those that were started. */
    long bytes(ServiceKind kind, int count) {
        int measured = started.count(kind);
        return measured == 0 ? 0 : bytes.getOrDefault(kind, 0L) * count / measured;
    }
}
