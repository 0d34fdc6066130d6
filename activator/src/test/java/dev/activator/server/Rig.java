package dev.activator.server;

import dev.activator.config.HostFacts;
import dev.activator.config.LoadOptions;
import dev.activator.config.UnitCatalog;
import dev.activator.config.UnitLoader;
import dev.activator.config.UnitName;
import dev.activator.control.EventFeed;
import dev.activator.handoff.Accounts;
import dev.activator.handoff.Children;
import dev.activator.handoff.LaunchPlan;
import dev.activator.handoff.LogListener;
import dev.activator.handoff.testing.FakeLauncher;
import dev.activator.handoff.testing.FakeTree;
import dev.activator.listener.Accepted;
import dev.activator.listener.AccountIds;
import dev.activator.listener.Farewells;
import dev.activator.listener.Kernel;
import dev.activator.listener.LinuxKernel;
import dev.activator.listener.ListenerRegistry;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.UseMeters;
import dev.activator.listener.WaitingRoom;
import dev.activator.listener.kernel.LibC;
import dev.activator.listener.testing.FreePort;
import dev.activator.listener.testing.ManualLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Both machines with real listening sockets, real clients, a clock that the test moves, and launches that start nothing. */
final class Rig implements AutoCloseable {
    private static final int F_DUPFD_CLOEXEC = 1030;

    private final Path directory;
    private final ManualLoop loop = new ManualLoop();
    private final RecordedEvents events = new RecordedEvents();
    private final EventFeed feed = new EventFeed(InstantSource.system());
    private final FakeLauncher launcher = new FakeLauncher();
    private final Map<String, FakeTree> trees = new HashMap<>();
    private Consumer<FakeTree> plantTree = tree -> {};
    private final List<SocketChannel> clients = new ArrayList<>();
    private final UnitLogs logs;
    private final Surroundings surroundings;
    private final HostFacts facts = HostFacts.forTests();
    private final int port = FreePort.tcp();
    private final Farewells farewells = new Farewells(new LinuxKernel(), loop);
    private final WaitingRoom waitingRoom = new WaitingRoom(new LinuxKernel(), loop);
    private final Map<String, FakeWorker> workers = new HashMap<>();
    private double load;
    private final Units units;

    Rig(Path directory) throws IOException {
        this(directory, new LinuxKernel());
    }

    /** With a kernel that may refuse listeners something. */
    Rig(Path directory, Kernel kernel) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory.resolve("units"));
        launcher.onLaunch(this::takeHandoff);
        this.surroundings = new Surroundings(
                loop, new PublishedEvents(events, feed), () -> Instant.EPOCH.plusNanos(loop.nanoTime()));
        this.logs = new UnitLogs(loop, directory.resolve("log"), new SilentLogs());
        Children children = new Children(loop);
        ServiceLauncher services = new ServiceLauncher(
                launcher,
                new Identities(new Accounts(), OwnAccount.read(new Accounts())),
                logs,
                new ServiceDirectories(facts),
                new PrivateDirectories(directory.resolve("sandbox")),
                false,
                new ExecFiles(),
                children,
                "/nowhere",
                new Deviations(events),
                new OutOfMemory(Files.writeString(directory.resolve("vmstat"), "oom_kill 3\n")));
        this.units = new Units(
                read(),
                surroundings,
                new Reception(farewells, waitingRoom, AccountIds.NONE, () -> load, ZoneOffset.UTC),
                new ListenerRegistry(kernel, AccountIds.NONE),
                services,
                unit -> {
                    FakeTree tree = new FakeTree();
                    plantTree.accept(tree);
                    trees.put(unit, tree);
                    return tree;
                },
                new UseMeters(new LinuxKernel()));
    }

    private UnitCatalog read() {
        return UnitLoader.load(List.of(directory.resolve("units")), facts, LoadOptions.DEFAULT);
    }

    /** What a process would have of its own: a copy of the worker's end. */
    private void takeHandoff(LaunchPlan plan) {
        String number = plan.environment().get("HANDOFF_SOCKET");
        if (number != null) {
            int fd = plan.fds().stream()
                    .filter(mapping -> mapping.target() == Integer.parseInt(number))
                    .findFirst()
                    .orElseThrow()
                    .fd()
                    .number();
            int copy = LibC.fcntl(fd, F_DUPFD_CLOEXEC, 0);
            FakeWorker before = workers.put(plan.unit(), new FakeWorker(OwnedFd.adopt(copy, "worker's end")));
            if (before != null) {
                before.close();
            }
        }
    }

    /** The latest run of a unit that connections are passed to. */
    FakeWorker worker(String unit) {
        return Objects.requireNonNull(workers.get(unit));
    }

    /** The worker says something, and the super-server hears it. */
    void say(String unit, String report) {
        worker(unit).say(report);
        loop.runReady();
    }

    /** Writes a unit file; {@code PORT} in it becomes the rig's port. */
    Rig unit(String name, String text) {
        try {
            Files.writeString(directory.resolve("units").resolve(name), text.replace("PORT", "127.0.0.1:" + port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Deletes a unit file. */
    void withdraw(String name) throws IOException {
        Files.delete(directory.resolve("units").resolve(name));
    }

    /** Reads the units and starts every socket. */
    Rig load() {
        units.redeclare(read());
        units.catalog().sockets().values().forEach(unit -> units.socket(unit).start());
        loop.runReady();
        return this;
    }

    /** A client connects and stays connected. */
    SocketChannel connect() {
        try {
            SocketChannel client = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            clients.add(client);
            loop.runReady();
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client connects from another of the host's addresses. */
    SocketChannel connectFrom(String address) {
        try {
            SocketChannel client = SocketChannel.open().bind(new InetSocketAddress(address, 0));
            clients.add(client);
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            loop.runReady();
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client connects to a Unix socket. */
    SocketChannel connect(Path path) throws IOException {
        SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
        clients.add(client);
        client.connect(UnixDomainSocketAddress.of(path));
        loop.runReady();
        return client;
    }

    /** The service takes one client out of the queue and serves it. */
    void takeOne(String socket) {
        Accepted accepted = socket(socket).listeners().get(0).accept();
        ((Accepted.Connection) accepted).fd().close();
    }

    /** What the host's load average is from now on. */
    void loadAverage(double now) {
        load = now;
    }

    /** The super-server reads its unit files again. */
    void reload() {
        units.redeclare(read());
        loop.runReady();
    }

    void closeClients() throws IOException {
        for (SocketChannel client : clients) {
            client.close();
        }
        clients.clear();
    }

    /** From now on, something else happens while a launch is on its way. */
    void onLaunch(Runnable event) {
        launcher.onLaunch(plan -> event.run());
    }

    /** Launches go as at first. */
    void launchAsUsual() {
        launcher.onLaunch(this::takeHandoff);
    }

    void advance(Duration time) {
        loop.advance(time);
    }

    /** Lets time pass, second by second, until it is so; a minute at most. */
    void advanceUntil(BooleanSupplier condition) {
        for (int i = 0; i < 60 && !condition.getAsBoolean(); i++) {
            loop.advance(Duration.ofSeconds(1));
        }
        if (!condition.getAsBoolean()) {
            throw new AssertionError("not so after a minute");
        }
    }

    /** The kernel has killed so many processes for want of memory since it was started. */
    void outOfMemoryKills(int all) throws IOException {
        Files.writeString(directory.resolve("vmstat"), "nr_free_pages 1\noom_kill " + all + "\n");
    }

    /** What the processes of every run from now on are like. */
    void trees(Consumer<FakeTree> like) {
        plantTree = like;
    }

    /** From now on a defect is kept here and does not fail the test. */
    List<Throwable> keepDefects() {
        List<Throwable> kept = new ArrayList<>();
        loop.onCallbackFailure((purpose, defect) -> kept.add(defect));
        return kept;
    }

    /** The processes of the service's current run, or of the last one. */
    FakeTree tree(String service) {
        return Objects.requireNonNull(trees.get(service));
    }

    FakeLauncher launcher() {
        return launcher;
    }

    /** What those who follow get. */
    EventFeed feed() {
        return feed;
    }

    RecordedEvents events() {
        return events;
    }

    SocketActivation socket(String name) {
        return Objects.requireNonNull(units.socket(Objects.requireNonNull(UnitName.parse(name))));
    }

    ServiceInstance service(String name) {
        return Objects.requireNonNull(units.service(Objects.requireNonNull(UnitName.parse(name))));
    }

    /** What the machines see of the world. */
    Surroundings surroundings() {
        return surroundings;
    }

    Units units() {
        return units;
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        closeClients();
        List.copyOf(units.sockets()).forEach(socket -> socket.stop("end of the test"));
        units.close();
        workers.values().forEach(FakeWorker::close);
        waitingRoom.close();
        farewells.close();
        logs.close();
        loop.close();
    }

    /** No disk is full in these tests. */
    private static final class SilentLogs implements LogListener {
        @Override
        public void onWriteFailed(String unit, Path file, String reason) {
            throw new AssertionError(unit + ": " + reason);
        }

        @Override
        public void onWriteResumed(String unit, Path file, long droppedLines) {}
    }
}
