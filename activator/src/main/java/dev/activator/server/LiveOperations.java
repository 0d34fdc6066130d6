package dev.activator.server;

import dev.activator.accounting.History;
import dev.activator.cli.RunOptions;
import dev.activator.config.LoadState;
import dev.activator.config.Relations;
import dev.activator.config.UnitCatalog;
import dev.activator.config.UnitName;
import dev.activator.config.UnitType;
import dev.activator.control.EventFeed;
import dev.activator.control.JobStatus;
import dev.activator.control.MetricsText;
import dev.activator.control.Operations;
import dev.activator.control.Outcome;
import dev.activator.control.PastRun;
import dev.activator.control.ProcessStatus;
import dev.activator.control.Request;
import dev.activator.control.SavingsReport;
import dev.activator.control.ServerStatus;
import dev.activator.control.UnitOutcome;
import dev.activator.control.UnitStatus;
import dev.activator.control.Verb;
import dev.activator.jobs.Jobs;
import dev.activator.listener.Loop;
import dev.activator.listener.OwnedFd;
import dev.activator.metrics.Exposition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The running super-server as the control API sees it: pictures are taken and requests carried out on the loop. */
final class LiveOperations implements Operations {
    private final RunOptions options;
    private final Loop loop;
    private final Units units;
    private final StatusReader reader;
    private final Requests requests;
    private final Reloading reloading;
    private final UnitFileStates fileStates;
    private final UnitLogs logs;
    private final History history;
    private final Accounting accounting;
    private final EventFeed feed;
    private final String version;
    private final Instant since = Instant.now();

    LiveOperations(
            RunOptions options,
            Loop loop,
            Units units,
            UnitFileStates fileStates,
            Reloading reloading,
            UnitLogs logs,
            History history,
            Accounting accounting,
            EventFeed feed,
            String version) {
        this.options = options;
        this.loop = loop;
        this.units = units;
        this.reader = new StatusReader(units, fileStates);
        this.requests = new Requests(units, fileStates, reloading, options.unitDirectories());
        this.reloading = reloading;
        this.fileStates = fileStates;
        this.logs = logs;
        this.history = history;
        this.accounting = accounting;
        this.feed = feed;
        this.version = version;
    }

    @Override
    public ServerStatus server() {
        ServerStatus picture = onLoop(this::serverPicture);
        Long memory = ProcessReader.memory(List.of(new ProcessStatus(picture.pid(), "")));
        return picture.withMemory(memory);
    }

    private ServerStatus serverPicture() {
        UnitCatalog catalog = units.catalog();
        long failed = units.services().stream()
                        .filter(service -> service.state() == ServiceState.FAILED)
                        .count()
                + units.sockets().stream()
                        .filter(socket -> socket.state() == SocketState.FAILED)
                        .count();
        int wanted = units.sockets().stream()
                .filter(socket -> socket.state() != SocketState.CLOSED)
                .mapToInt(socket -> socket.unit().listen().size())
                .sum();
        int bound = units.sockets().stream()
                .mapToInt(socket -> socket.listeners().size())
                .sum();
        long running = units.services().stream()
                .filter(service -> service.processes().mainPid() != null)
                .count();
        return new ServerStatus(
                version,
                (int) ProcessHandle.current().pid(),
                failed > 0 ? "degraded" : "running",
                since,
                options.runtime(),
                options.unitDirectories(),
                reader.names().size(),
                (int) failed,
                bound,
                wanted,
                (int) running,
                catalog.problems().stream().map(Object::toString).toList(),
                null,
                OwnedFd.inventory().size(),
                fileStates.defaultTarget().map(UnitName::toString).orElse(Relations.SOCKETS_TARGET));
    }

    @Override
    public List<UnitStatus> units() {
        return onLoop(() -> reader.names().stream().map(reader::summary).toList());
    }

    @Override
    public Optional<UnitStatus> unit(String name) {
        Optional<UnitStatus> picture = onLoop(() -> resolve(name).map(reader::read));
        return picture.map(ProcessReader::complete);
    }

    /** The unit's own name; empty where nothing has that name. */
    private Optional<UnitName> resolve(String text) {
        return Optional.ofNullable(UnitName.parse(text))
                .map(name -> units.catalog().resolve(name).orElse(name))
                .filter(name -> reader.names().contains(name) || isInstance(name) || isGroup(name));
    }

    /** Whether it is an instance of a template that nothing has asked for yet. */
    private boolean isInstance(UnitName name) {
        return name.isInstance() && units.catalog().state(name) == LoadState.LOADED;
    }

    /** Whether it is one of systemd's targets, which needs no file to be a group. */
    private boolean isGroup(UnitName name) {
        return name.type() == UnitType.TARGET && units.catalog().relations().isTakenAsUp(name.toString());
    }

    @Override
    public List<JobStatus> jobs() {
        return onLoop(() -> {
            Jobs jobs = units.jobs().jobs();
            return jobs.all().stream()
                    .map(job -> new JobStatus(
                            job.number(),
                            job.unit(),
                            job.kind().word(),
                            job.isRunning() ? "running" : "waiting",
                            job.since(),
                            job.cause(),
                            job.isRunning() ? List.of() : List.copyOf(jobs.waitsFor(job))))
                    .toList();
        });
    }

    @Override
    public CompletionStage<Outcome> request(Request request) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        loop.execute(() -> carryOut(request).whenComplete((result, failure) -> {
            if (failure != null) {
                outcome.completeExceptionally(failure);
            } else {
                outcome.complete(result);
            }
        }));
        return outcome;
    }

    private CompletionStage<Outcome> carryOut(Request request) {
        if (request.verb() == Verb.DAEMON_RELOAD) {
            return reloading
                    .reload("asked for by " + request.caller())
                    .thenApply(catalog -> Outcome.of(UnitOutcome.done("")));
        }
        List<CompletableFuture<UnitOutcome>> outcomes = request.units().stream()
                .map(name -> resolve(name)
                        .map(unit -> requests.carryOut(request, unit))
                        .orElseGet(() -> CompletableFuture.completedFuture(UnitOutcome.notFound(name))))
                .toList();
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .thenApply(all -> new Outcome(outcomes.stream()
                        .map(each -> requests.withWarning(request, each.join()))
                        .toList()));
    }

    @Override
    public Optional<String> cat(String name) {
        return onLoop(() -> resolve(name).map(unit -> units.catalog().text(unit)));
    }

    @Override
    public Optional<Path> logFile(String name) {
        return onLoop(() -> resolve(name))
                .map(unit -> unit.type() == UnitType.SOCKET ? unit.withType(UnitType.SERVICE) : unit)
                .map(logs::file)
                .filter(Files::exists);
    }

    @Override
    public List<PastRun> runs(@Nullable String name) {
        List<String> names = name == null ? history.units().join() : List.of(name);
        return names.stream()
                .flatMap(one -> history.runs(one).join().stream())
                .sorted(Comparator.comparing((PastRun run) -> run.wake().at()).reversed())
                .toList();
    }

    @Override
    public SavingsReport savings(Instant since) {
        return history.savings(since, onLoop(this::lazyServices)).join();
    }

    @Override
    public EventFeed events() {
        return feed;
    }

    @Override
    public MetricsText metrics(String accept) {
        ServerStatus server = server();
        List<ProcessStatus> self = List.of(new ProcessStatus(server.pid(), ""));
        return Exposition.of(server, ProcessReader.cpu(self), units(), onLoop(accounting::counts), accept);
    }

    /** What sockets stand for that are open. */
    private Set<String> lazyServices() {
        Set<String> services = new TreeSet<>();
        for (SocketActivation socket : units.sockets()) {
            if (socket.state().isOpen() && !socket.unit().isAccepting()) {
                services.add(units.target(socket).toString());
            }
        }
        return services;
    }

    private <T> T onLoop(Supplier<T> picture) {
        if (loop.inLoop()) {
            return picture.get();
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                result.complete(picture.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result.join();
    }
}
