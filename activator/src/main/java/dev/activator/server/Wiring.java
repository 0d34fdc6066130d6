package dev.activator.server;

import dev.activator.accounting.History;
import dev.activator.cli.RunOptions;
import dev.activator.cli.Version;
import dev.activator.config.FileTrouble;
import dev.activator.config.HostFacts;
import dev.activator.config.LoadOptions;
import dev.activator.config.Relations;
import dev.activator.config.SocketUnit;
import dev.activator.config.UnitCatalog;
import dev.activator.config.UnitLoader;
import dev.activator.config.UnitName;
import dev.activator.control.ControlServer;
import dev.activator.control.EventFeed;
import dev.activator.handoff.Account;
import dev.activator.handoff.Accounts;
import dev.activator.handoff.Cgroups;
import dev.activator.handoff.Children;
import dev.activator.handoff.FetchSocket;
import dev.activator.handoff.Launchers;
import dev.activator.handoff.NotifySocket;
import dev.activator.handoff.Orphans;
import dev.activator.handoff.ProcessTrees;
import dev.activator.jobs.Impossible;
import dev.activator.jobs.JobEnd;
import dev.activator.listener.Farewells;
import dev.activator.listener.Kernel;
import dev.activator.listener.LinuxKernel;
import dev.activator.listener.ListenerRegistry;
import dev.activator.listener.Lull;
import dev.activator.listener.NettyLoop;
import dev.activator.listener.SystemCallException;
import dev.activator.listener.UseMeters;
import dev.activator.listener.WaitingRoom;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;

/** The whole object graph of a running super-server, made in one place. */
final class Wiring implements AutoCloseable {
    /** Without a launch; by then the compiler has caught up, too. */
    private static final Duration SETTLED = Duration.ofSeconds(3);

    private final UnitFileStates fileStates;
    private final NettyLoop loop;
    private final Optional<Cgroups> cgroups;
    private final ProcessTrees trees;
    private final UnitLogs logs;
    private final NotifySocket notifySocket;
    private final FetchSocket fetchSocket;
    private final Launchers launchers;
    private final Units units;
    private final EventLog log;
    /** Sockets of which was said that they are not opened with us. */
    private final Set<UnitName> leftOut = new HashSet<>();

    private final Reloading reloading;
    private final ControlServer control;
    private final Optional<ControlServer> page;
    private final Rehearsal rehearsal;
    private final History history;
    private final Accounting accounting;

    private Wiring(
            RunOptions options, NettyLoop loop, FirstReading reading, Runnable settled, Optional<Cgroups> cgroups)
            throws IOException {
        this.cgroups = cgroups;
        this.loop = loop;
        this.fileStates = new UnitFileStates(options.state());
        EventFeed feed = new EventFeed(InstantSource.system());
        log = new PublishedEvents(new Slf4jEventLog(), feed);
        Surroundings surroundings = new Surroundings(loop, log, InstantSource.system());
        Kernel kernel = new LinuxKernel();
        OpenFiles.prepare(UnitReader.directories(options));
        Children children = new Children(loop);
        launchers = Launchers.choose(children, "chain".equals(System.getenv("ACTIVATOR_LAUNCHER")));
        if (!launchers.drawback().isEmpty()) {
            Slf4jEventLog.launchesAreChained(launchers.drawback());
        }
        trees = new ProcessTrees(cgroups);
        logs = new UnitLogs(loop, options.state().resolve("log"), new LogTroubles(log));
        String notifyAddress = options.runtime().resolve("notify").toString();
        Farewells farewells = new Farewells(kernel, loop);
        WaitingRoom waitingRoom = new WaitingRoom(kernel, loop);
        ZoneId zone = ZoneId.systemDefault();
        // The units are read meanwhile.
        FirstReading.Result read = reading.await();
        Accounts accounts = read.accounts();
        Account self = read.self();
        HostFacts facts = read.facts();
        Identities identities = new Identities(accounts, self);
        ServiceLauncher launcher = new ServiceLauncher(
                new Settling(launchers.launcher(), new Lull(loop, SETTLED, "giving memory back", settled)),
                identities,
                logs,
                new ServiceDirectories(facts),
                new PrivateDirectories(options.runtime().resolve("sandbox")),
                options.allowUnsupportedHardening(),
                new ExecFiles(),
                children,
                notifyAddress,
                new Deviations(log),
                new OutOfMemory(Path.of("/proc/vmstat")));
        Reception reception = new Reception(farewells, waitingRoom, new ResolvedIds(accounts), new LoadAverage(), zone);
        BiFunction<UnitCatalog, Surroundings, Units> machines = (declared, around) -> new Units(
                declared,
                around,
                reception,
                new ListenerRegistry(kernel, new ResolvedIds(accounts)),
                launcher,
                trees,
                new UseMeters(kernel));
        units = machines.apply(read.catalog(), surroundings);
        history =
                new History(options.state().resolve("history"), surroundings.clock(), Slf4jEventLog::recordsAreMissing);
        accounting = new Accounting(surroundings, history, feed, Accounting.eyes(units::listenersOf, units::idleWatch));
        units.tell(accounting);
        units.jobs().heed(fileStates::isDisabled);
        rehearsal = new Rehearsal(
                loop,
                options.runtime().resolve("rehearsal"),
                directories -> UnitLoader.load(directories, facts, LoadOptions.DEFAULT),
                (declared, records) -> followed(
                        machines.apply(declared, new Surroundings(loop, Rehearsal.UNHEARD, InstantSource.system())),
                        records),
                logs);
        reloading = new Reloading(loop, new UnitReader(options, facts)::read, units, feed, this::startSockets);
        LiveOperations operations = new LiveOperations(
                options, loop, units, fileStates, reloading, logs, history, accounting, feed, Version.current());
        control = new ControlServer(loop, operations, options.runtime().resolve("control.sock"));
        page = Optional.ofNullable(options.page())
                .map(address -> ControlServer.ofPage(loop, operations, address, options.runtime()));
        // From here on the runtime directory is ours alone: a second super-server would have been refused.
        control.open();
        if (page.isPresent()) {
            page.get().open();
        }
        removeLeftovers(options.runtime().resolve("launched"));
        notifySocket = NotifySocket.open(loop, notifyAddress, new NotifyRouter(units::services, log));
        fetchSocket = FetchSocket.open(
                loop,
                kernel,
                options.runtime().resolve("fetch.sock").toString(),
                new Fetching(units, identities, self, log));
        Orphans.adoptAll(loop, children).onCollected(units::orphansEnded);
    }

    private void removeLeftovers(Path launched) {
        try {
            trees.removeLeftovers(launched).forEach(Slf4jEventLog::leftover);
        } catch (IOException e) {
            Slf4jEventLog.recordsAreMissing("cannot keep '" + launched + "': " + FileTrouble.reason(e)
                    + ", so that services outlive a SIGKILL of this super-server");
        }
    }

    /** With an accounting of its own that nobody asks. */
    private Units followed(Units rehearsed, History records) {
        rehearsed.tell(new Accounting(
                new Surroundings(loop, Rehearsal.UNHEARD, InstantSource.system()),
                records,
                new EventFeed(InstantSource.system()),
                Accounting.eyes(rehearsed::listenersOf, rehearsed::idleWatch)));
        return rehearsed;
    }

    /** The same at each start with the same runtime directory, so that a successor finds what a killed one left. */
    private static String cgroupName(Path runtime) {
        String last = String.valueOf(runtime.getFileName()).replaceAll("[^A-Za-z0-9._-]", "_");
        return last + "-" + Integer.toHexString(runtime.toString().hashCode());
    }

    /**
     * Makes everything, on the loop's own thread, since watches can be set nowhere else.
     *
     * @param reading what units there are
     * @param settled runs on the loop after each spell of launches
     */
    static Wiring open(RunOptions options, FirstReading reading, Runnable settled) throws IOException {
        NettyLoop loop = NettyLoop.start("activator-loop");
        loop.onCallbackFailure(Slf4jEventLog::defect);
        CompletableFuture<Wiring> wiring = new CompletableFuture<>();
        loop.execute(() -> {
            Optional<Cgroups> cgroups = Optional.empty();
            try {
                cgroups = Cgroups.open(loop, cgroupName(options.runtime()));
                wiring.complete(new Wiring(options, loop, reading, settled, cgroups));
            } catch (Throwable e) { // an Error, too: somebody waits
                if (!ControlServer.isAnothers(options.runtime().resolve("control.sock"))) {
                    cgroups.ifPresent(Cgroups::remove);
                }
                wiring.completeExceptionally(e);
            }
        });
        try {
            return wiring.join();
        } catch (CompletionException e) {
            loop.close();
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            if (e.getCause() instanceof SystemCallException cause) {
                throw new IOException(StartTrouble.words(cause, options), cause);
            }
            throw e;
        }
    }

    /** Starts what is to be up from the beginning: the default target, or every socket that belongs to sockets.target. */
    void startDefault() {
        Optional<UnitName> target = fileStates.defaultTarget();
        target.ifPresent(name -> start(name, "default target"));
        startSockets();
    }

    /** Starts every socket unit that belongs to sockets.target, is neither masked nor disabled, and is not started yet. */
    private void startSockets() {
        if (fileStates.defaultTarget().isPresent()) {
            return;
        }
        Set<String> disabled = fileStates.disabled();
        Relations relations = units.catalog().relations();
        for (SocketUnit unit : units.catalog().sockets().values()) {
            UnitName name = unit.name();
            boolean isNew = !disabled.contains(name.toString()) && units.socket(name) == null;
            if (isNew && !relations.belongsToSockets(unit)) {
                if (leftOut.add(name)) {
                    log.note(name, "not opened now but with the service that it needs or that wants it");
                }
            } else if (isNew && relations.startsAlone(unit)) {
                units.socket(unit).start();
            } else if (isNew) {
                start(name, "start of the super-server");
            }
        }
    }

    private void start(UnitName unit, String why) {
        try {
            CompletableFuture<JobEnd> unused = units.jobs().jobs().start(unit.toString(), why);
        } catch (Impossible cannot) {
            log.fail(unit, "not started: " + cannot.sentence());
        }
    }

    NettyLoop loop() {
        return loop;
    }

    Rehearsal rehearsal() {
        return rehearsal;
    }

    Units units() {
        return units;
    }

    Reloading reloading() {
        return reloading;
    }

    /** Closes everything; to be called on the loop once no service is left. */
    private void closeAll() {
        page.ifPresent(ControlServer::close);
        control.close();
        accounting.close();
        units.close();
        notifySocket.close();
        fetchSocket.close();
        launchers.launcher().close();
        logs.close();
        trees.close();
        cgroups.ifPresent(Cgroups::remove);
    }

    @Override
    public void close() {
        CompletableFuture.runAsync(this::closeAll, loop::execute).join();
        history.close();
        loop.close();
    }
}
