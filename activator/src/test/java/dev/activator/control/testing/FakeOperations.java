package dev.activator.control.testing;

import dev.activator.control.EventFeed;
import dev.activator.control.JobStatus;
import dev.activator.control.MetricsText;
import dev.activator.control.Operations;
import dev.activator.control.Outcome;
import dev.activator.control.PastRun;
import dev.activator.control.Request;
import dev.activator.control.SavingsReport;
import dev.activator.control.ServerStatus;
import dev.activator.control.UnitOutcome;
import dev.activator.control.UnitStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Shows what it was given and remembers what it was asked for; everything asked of a known unit succeeds unless told otherwise. */
public final class FakeOperations implements Operations {
    private final Map<String, UnitStatus> units = Collections.synchronizedMap(new java.util.TreeMap<>());
    private final Map<String, Path> logs = new ConcurrentHashMap<>();
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private final EventFeed feed = new EventFeed(InstantSource.fixed(Samples.NOW));
    private final List<PastRun> runs = new ArrayList<>();
    private Function<Instant, SavingsReport> savings = Samples::savings;
    private volatile Function<String, UnitOutcome> answer = this::succeed;

    public FakeOperations with(UnitStatus... shown) {
        for (UnitStatus unit : shown) {
            units.put(unit.id(), unit);
        }
        return this;
    }

    public FakeOperations withLog(String unit, Path file) {
        logs.put(unit, file);
        return this;
    }

    /** Decides how the next requests end, by unit. */
    public void answer(Function<String, UnitOutcome> decision) {
        answer = decision;
    }

    /** Everything that was asked for so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public ServerStatus server() {
        return Samples.server();
    }

    @Override
    public List<UnitStatus> units() {
        return List.copyOf(units.values());
    }

    @Override
    public Optional<UnitStatus> unit(String name) {
        return units().stream()
                .filter(unit -> unit.file().names().contains(name))
                .findFirst();
    }

    @Override
    public CompletionStage<Outcome> request(Request request) {
        requests.add(request);
        List<String> names = request.units().isEmpty() ? List.of("") : request.units();
        return CompletableFuture.completedFuture(
                new Outcome(names.stream().map(answer).toList()));
    }

    private UnitOutcome succeed(String name) {
        return name.isEmpty() || unit(name).isPresent() ? UnitOutcome.done(name) : UnitOutcome.notFound(name);
    }

    @Override
    public Optional<String> cat(String name) {
        return unit(name)
                .map(unit -> "# " + unit.file().fragment() + "\n[Unit]\nDescription="
                        + unit.file().description() + "\n");
    }

    public FakeOperations withRuns(PastRun... shown) {
        runs.addAll(List.of(shown));
        return this;
    }

    public FakeOperations withSavings(Function<Instant, SavingsReport> report) {
        savings = report;
        return this;
    }

    @Override
    public List<JobStatus> jobs() {
        return List.of(
                new JobStatus(7, "db.service", "start", "running", Samples.NOW, "start by root", List.of()),
                new JobStatus(
                        8, "web.service", "start", "waiting", Samples.NOW, "start by root", List.of("db.service")));
    }

    @Override
    public List<PastRun> runs(@Nullable String unit) {
        return runs.stream()
                .filter(run -> unit == null || run.unit().equals(unit))
                .toList();
    }

    @Override
    public SavingsReport savings(Instant since) {
        return savings.apply(since);
    }

    @Override
    public EventFeed events() {
        return feed;
    }

    @Override
    public MetricsText metrics(String accept) {
        return new MetricsText("text/plain; version=0.0.4", "# for " + accept + "\n");
    }

    @Override
    public Optional<Path> logFile(String name) {
        return Optional.ofNullable(logs.get(name));
    }
}
