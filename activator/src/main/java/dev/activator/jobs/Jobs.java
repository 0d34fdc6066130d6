package dev.activator.jobs;

import dev.activator.config.Dependency;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The jobs under way, at most one a unit: each begins once those that come before it are over. For the loop's thread. */
public final class Jobs {
    /** Does with the machines what jobs are for. */
    public interface Performer {
        /** Completes on the loop, never exceptionally, once the unit is where the job wants it or has failed to get there. */
        CompletableFuture<Boolean> perform(Job job);

        /** A start that waited will not come, since {@code culprit}, which the unit needs, did not start. */
        void dependencyFailed(Job job, String culprit);

        /** Something that a unit wanted to go along is not done; {@code what} is a clause. */
        void leftOut(String unit, String what);
    }

    private final Landscape units;
    private final Performer performer;
    private final LongSupplier nanoTime;
    private final Supplier<Instant> clock;
    private final Map<String, Job> current = new LinkedHashMap<>();

    /** Jobs of which one that they waited for may be over. */
    private final Deque<Job> candidates = new ArrayDeque<>();

    private final Order order;
    private int numbers;
    private boolean isLooking;

    public Jobs(Landscape units, Performer performer, LongSupplier nanoTime, Supplier<Instant> clock) {
        this.units = units;
        this.order = new Order(units);
        this.performer = performer;
        this.nanoTime = nanoTime;
        this.clock = clock;
    }

    /** Starts a unit with all that it needs. */
    public CompletableFuture<JobEnd> start(String unit, String cause) throws Impossible {
        return start(unit, cause, nanoTime.getAsLong());
    }

    /** The same where the reason was noticed earlier, in the loop's nanoseconds. */
    public CompletableFuture<JobEnd> start(String unit, String cause, long noticed) throws Impossible {
        return submit(Transaction.start(unit, units), List.of(unit), cause, noticed);
    }

    /** Stops units with all that does not go on without them. */
    public CompletableFuture<JobEnd> stop(Collection<String> all, String cause) throws Impossible {
        return submit(Transaction.stop(all, units), all, cause, nanoTime.getAsLong());
    }

    /** Starts a unit and stops these others unless it needs them. */
    public CompletableFuture<JobEnd> isolate(String unit, Collection<String> others, String cause) throws Impossible {
        return submit(Transaction.isolate(unit, others, units), List.of(unit), cause, nanoTime.getAsLong());
    }

    /**
     * Restarts a unit, and those that are up and follow its stop.
     *
     * @throws Impossible where it, or one of those, could not be started again
     */
    public CompletableFuture<JobEnd> restart(String unit, String cause) throws Impossible {
        Transaction.Plan down = Transaction.stop(List.of(unit), units);
        List<String> followers = down.jobs().keySet().stream()
                .filter(each -> !each.equals(unit) && !units.isDown(each))
                .toList();
        Transaction.Plan up = Transaction.start(unit, units);
        up.jobs().put(unit, JobKind.RESTART);
        List<String> again = new ArrayList<>(followers);
        again.add(unit);
        Transaction.start(again, units);
        if (followers.isEmpty()) {
            return submit(up, List.of(unit), cause, nanoTime.getAsLong());
        }
        return stop(followers, cause)
                .thenCompose(stopped -> submit(up, List.of(unit), cause, nanoTime.getAsLong()))
                .thenCompose(end -> end.isDone() ? startAgain(followers, end, cause) : done(end));
    }

    private CompletableFuture<JobEnd> startAgain(List<String> followers, JobEnd end, String cause) {
        try {
            return submit(Transaction.start(followers, units), followers, cause, nanoTime.getAsLong())
                    .thenApply(ofFollowers -> end);
        } catch (Impossible changedMeanwhile) {
            return done(end);
        }
    }

    private static CompletableFuture<JobEnd> done(JobEnd end) {
        return CompletableFuture.completedFuture(end);
    }

    /** Completes with the first of the anchors' ends that is not well, else with the last one. */
    private CompletableFuture<JobEnd> submit(
            Transaction.Plan plan, Collection<String> anchors, String cause, long noticed) {
        String first = anchors.isEmpty() ? "" : anchors.iterator().next();
        plan.leftOut().forEach(what -> performer.leftOut(first, what));
        plan.jobs().forEach((unit, kind) -> install(unit, kind, cause, noticed));
        CompletableFuture<JobEnd> all = done(new JobEnd(JobEnd.Result.DONE, first));
        for (String anchor : anchors) {
            Job job = current.get(anchor);
            if (job != null) {
                all = all.thenCombine(job.end(), (one, other) -> one.isDone() ? other : one);
            }
        }
        look();
        return all;
    }

    private void install(String unit, JobKind kind, String cause, long noticed) {
        Job present = current.get(unit);
        if (present != null && present.kind() == kind) {
            return;
        }
        Job job = new Job(++numbers, unit, kind, cause, noticed, clock.get());
        current.put(unit, job);
        candidates.add(job);
        if (present != null) {
            letNeighboursTry(unit);
            present.end().complete(new JobEnd(JobEnd.Result.CANCELED, unit));
        }
    }

    /** Begins whatever can be begun; ends while it does so are taken up by the same walk. */
    private void look() {
        if (isLooking) {
            return;
        }
        isLooking = true;
        while (!candidates.isEmpty()) {
            Job job = candidates.remove();
            if (!job.isRunning()
                    && current.get(job.unit()) == job
                    && waitsFor(job).isEmpty()) {
                begin(job);
            }
        }
        isLooking = false;
    }

    private void begin(Job job) {
        job.begin();
        CompletableFuture<Void> unused = performer.perform(job).thenAccept(isDone -> {
            JobEnd.Result result = isDone ? JobEnd.Result.DONE : JobEnd.Result.FAILED;
            finish(job, new JobEnd(result, job.unit()));
            look();
        });
    }

    /** Ends a job, and those that cannot be done without it. */
    private void finish(Job finished, JobEnd how) {
        Deque<Job> open = new ArrayDeque<>(List.of(finished));
        JobEnd end = how;
        while (!open.isEmpty()) {
            Job job = open.remove();
            if (!current.remove(job.unit(), job)) {
                continue;
            }
            letNeighboursTry(job.unit());
            if (job != finished && !job.isRunning()) {
                performer.dependencyFailed(job, end.culprit());
            }
            if (!end.isDone() && job.kind().brings()) {
                open.addAll(dependents(job.unit()));
            }
            job.end().complete(end);
            end = how.isDone() ? how : new JobEnd(JobEnd.Result.DEPENDENCY, how.culprit());
        }
    }

    private List<Job> dependents(String unit) {
        List<Job> dependents = new ArrayList<>();
        for (Dependency kind : List.of(Dependency.REQUIRED_BY, Dependency.BOUND_BY, Dependency.REQUISITE_OF)) {
            for (String other : units.relations().of(unit, kind)) {
                Job job = current.get(other);
                if (job != null && job.kind().brings()) {
                    dependents.add(job);
                }
            }
        }
        return dependents;
    }

    private void letNeighboursTry(String unit) {
        for (String other : order.neighbours(unit)) {
            Job job = current.get(other);
            if (job != null) {
                candidates.add(job);
            }
        }
    }

    /** The units whose jobs it waits for. */
    public Set<String> waitsFor(Job job) {
        return order.waitsFor(job.unit(), this::kind);
    }

    private @Nullable JobKind kind(String unit) {
        Job job = current.get(unit);
        return job == null ? null : job.kind();
    }

    /** What is under way, oldest first. */
    public List<Job> all() {
        return List.copyOf(current.values());
    }

    public boolean isEmpty() {
        return current.isEmpty();
    }

    /** The unit's job; null where it has none. */
    public @Nullable Job of(String unit) {
        return current.get(unit);
    }
}
