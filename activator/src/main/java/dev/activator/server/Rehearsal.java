package dev.activator.server;

import dev.activator.accounting.History;
import dev.activator.config.SocketUnit;
import dev.activator.config.UnitCatalog;
import dev.activator.config.UnitName;
import dev.activator.listener.ConnectedClients;
import dev.activator.listener.Families;
import dev.activator.listener.LinuxKernel;
import dev.activator.listener.Loop;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.SocketName;
import dev.activator.listener.SystemCallException;
import dev.activator.listener.Timer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A few activations before the first client comes, which so pays for no code that has never run: a socket of our own is connected to, and a
 * program that does nothing is launched. Nobody is told of it, and what goes wrong in it has no consequence. On the main thread.
 */
final class Rehearsal {
    private static final int ROUNDS = 4;
    /** Then it ends, whatever has become of it. */
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final String PROGRAM = "/bin/true";
    /** Once with the connection handed over, and once with the listener, which the program leaves as it is. */
    private enum Part {
        EACH("Accept=yes", "rehearsal@.service", "StandardInput=socket"),
        ALL("FlushPending=yes", "rehearsed.service", "");

        private final String socketSetting;
        private final String service;
        private final String serviceSetting;

        Part(String socketSetting, String service, String serviceSetting) {
            this.socketSetting = socketSetting;
            this.service = service;
            this.serviceSetting = serviceSetting;
        }

        String socket() {
            return service.replace("@.service", ".socket").replace(".service", ".socket");
        }

        Path address(Path directory) {
            return directory.resolve(name().toLowerCase(Locale.ROOT));
        }

        void write(Path directory) throws IOException {
            String address = address(directory).toString().replace("%", "%%");
            Files.writeString(
                    directory.resolve(socket()), "[Socket]\nListenStream=" + address + "\n" + socketSetting + "\n");
            Files.writeString(
                    directory.resolve(service), "[Service]\nExecStart=" + PROGRAM + "\n" + serviceSetting + "\n");
        }
    }

    /** Where nobody listens. */
    static final EventLog UNHEARD = new EventLog() {
        @Override
        public void note(UnitName unit, String message) {}

        @Override
        public void warn(UnitName unit, String message) {}

        @Override
        public void fail(UnitName unit, String message) {}

        @Override
        public void transition(UnitName unit, String from, String to, String why) {}
    };

    private final Loop loop;
    private final Path directory;
    private final Function<List<Path>, UnitCatalog> loading;
    private final BiFunction<UnitCatalog, History, Units> machines;
    private final UnitLogs logs;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private @Nullable Timer limit;

    /**
     * A rehearsal that has not begun.
     *
     * @param directory of its own; does not exist
     * @param loading reads units from directories
     * @param machines makes the machines of units of which only these records tell
     * @param logs where those would write
     */
    Rehearsal(
            Loop loop,
            Path directory,
            Function<List<Path>, UnitCatalog> loading,
            BiFunction<UnitCatalog, History, Units> machines,
            UnitLogs logs) {
        this.loop = loop;
        this.directory = directory;
        this.loading = loading;
        this.machines = machines;
        this.logs = logs;
    }

    /** Returns when all of it is gone again; at once where the host has no program that does nothing. */
    void perform() {
        if (!Files.isExecutable(Path.of(PROGRAM))) {
            return;
        }
        try {
            Files.createDirectories(directory);
            for (Part part : Part.values()) {
                part.write(directory);
            }
            try (History records = new History(records(), InstantSource.system(), trouble -> {})) {
                connectAll(loading.apply(List.of(directory)), records);
            }
            new ConnectedClients().rehearse();
        } catch (IOException | SystemCallException | CompletionException impossible) {
            // Then the first client pays.
        } finally {
            remove();
        }
    }

    private void connectAll(UnitCatalog catalog, History records) {
        // One that is not the loop's: it is for one thread.
        LinuxKernel kernel = new LinuxKernel();
        Units units = CompletableFuture.supplyAsync(() -> open(catalog, records), loop::execute)
                .join();
        try {
            for (int i = 0; i < ROUNDS; i++) {
                for (Part part : Part.values()) {
                    connect(kernel, part.address(directory));
                }
            }
        } finally {
            loop.execute(() -> close(units));
            ended.join();
        }
    }

    private Units open(UnitCatalog catalog, History records) {
        Units units = machines.apply(catalog, records);
        for (SocketUnit unit : catalog.sockets().values()) {
            units.socket(unit).start();
        }
        // Whoever still waits for an answer then gets the end of it.
        limit = loop.after(LIMIT, "end of the rehearsal", () -> close(units));
        return units;
    }

    private void close(Units units) {
        new Shutdown(loop, units, () -> end(units)).begin("rehearsed");
    }

    private void end(Units units) {
        if (limit != null) {
            limit.cancel();
        }
        units.catalog().services().keySet().forEach(logs::close);
        ended.complete(null);
    }

    /** Until the other side has closed. */
    private static void connect(LinuxKernel kernel, Path socket) {
        try (OwnedFd client = kernel.socket(Families.AF_UNIX, Families.SOCK_STREAM, 0, "rehearsal")) {
            kernel.connect(client.lend(), new SocketName.UnixPath(socket.toString()));
            kernel.awaitEnd(client.lend());
        }
    }

    private Path records() {
        return directory.resolve("history");
    }

    private void remove() {
        List<Path> paths = new ArrayList<>();
        for (Part part : Part.values()) {
            paths.add(part.address(directory));
            paths.add(directory.resolve(part.socket()));
            paths.add(directory.resolve(part.service));
        }
        try (Stream<Path> files = Files.list(records())) {
            files.forEach(paths::add);
        } catch (IOException none) {
            // Then nothing was recorded.
        }
        paths.add(records());
        paths.add(directory);
        for (Path path : paths) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException busy) {
                // It lies in the runtime directory and is made anew at the next start.
            }
        }
    }
}
