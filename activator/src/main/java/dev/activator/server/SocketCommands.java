package dev.activator.server;

import dev.activator.config.CommandLine;
import dev.activator.config.Directive;
import dev.activator.config.ServiceUnit;
import dev.activator.config.SocketDirectives;
import dev.activator.config.SocketUnit;
import dev.activator.handoff.TreeSource;
import dev.activator.listener.HandshakeGate;
import dev.activator.listener.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the commands of a socket unit, each list as a service of its own that ends: with its time-out, its output in a log, its processes
 * ended. For the loop's thread. systemd.socket(5) ExecStartPre= and the like.
 */
final class SocketCommands {
    private final Surroundings surroundings;
    private final ServiceLauncher launcher;
    private final TreeSource trees;
    private final HandshakeGate gate;
    private @Nullable ServiceInstance running;

    /** @param gate open, and nobody else's */
    SocketCommands(Surroundings surroundings, ServiceLauncher launcher, TreeSource trees, HandshakeGate gate) {
        this.gate = gate;
        this.surroundings = surroundings;
        this.launcher = launcher;
        this.trees = trees;
    }

    /** How a list of commands ended; {@code failure} is empty where nothing went wrong. */
    record End(RunResult result, String failure) {
        static final End WELL = new End(RunResult.SUCCESS, "");

        boolean isFailure() {
            return result.isFailure();
        }
    }

    /**
     * Runs one list, which is not empty.
     *
     * @param listeners that are open, for commands that get them
     * @param ended told once, later. Not told after {@link #abandon}
     */
    void run(
            SocketUnit socket,
            Directive<List<CommandLine>> row,
            Supplier<List<Listener>> listeners,
            Consumer<End> ended) {
        ServiceUnit unit = socket.commands(row).orElseThrow();
        boolean passes = socket.get(SocketDirectives.PASS_FILE_DESCRIPTORS_TO_EXEC);
        ServiceProcesses processes = new ServiceProcesses(
                unit,
                launcher,
                new Open(passes ? listeners : List::of),
                () -> trees.create(unit.name().toString()));
        Doorway door = new Doorway(List::of, gate, () -> false);
        ServiceInstance instance = new ServiceInstance(unit, surroundings, processes, door, (one, from, to) -> {
            if (one == running && to.isDown()) {
                running = null;
                ServiceRun run = one.view().run();
                String failure = run.failure().isEmpty() ? run.result().word() : run.failure();
                End end = new End(run.result(), run.result().isFailure() ? failure : "");
                surroundings.loop().execute(() -> ended.accept(end));
            }
        });
        running = instance;
        instance.start(row.name() + "= of " + socket.name(), surroundings.nanoTime());
    }

    /** What runs is ended, and nobody is told. */
    void abandon() {
        ServiceInstance present = running;
        running = null;
        if (present != null) {
            present.stop("the socket goes on without it");
        }
    }

    /** Listeners that are open now. */
    private record Open(Supplier<List<Listener>> listeners) implements SocketSource {
        @Override
        public List<PassedSocket> sockets() {
            List<PassedSocket> sockets = new ArrayList<>();
            listeners
                    .get()
                    .forEach(listener -> sockets.add(
                            new PassedSocket(listener.fd(), listener.fdName(), listener.address(), Map.of())));
            return sockets;
        }

        @Override
        public @Nullable HandoffEnd handoff() {
            return null;
        }

        @Override
        public void handedOver() {
            // They stay ours.
        }

        @Override
        public void abandoned() {
            // They stay ours.
        }
    }
}
