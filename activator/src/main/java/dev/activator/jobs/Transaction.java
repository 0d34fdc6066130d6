package dev.activator.jobs;

import dev.activator.config.Circles;
import dev.activator.config.Dependency;
import dev.activator.config.LoadState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that one request comes to: which units are started and which are stopped with it. Made of what the units say of each other and of
 * what is up already; whether it can be done is known before anything is. systemd.unit(5) and systemctl(1) describe the same of systemd.
 */
public final class Transaction {
    private final Landscape units;
    private final Map<String, Map<JobKind, Step>> steps = new LinkedHashMap<>();
    private final Set<Step> anchors = new HashSet<>();
    private final List<Link> links = new ArrayList<>();
    private final Deque<Step> open = new ArrayDeque<>();
    private final List<String> leftOut = new ArrayList<>();
    /** Steps that cannot be done, and why. */
    private final Map<Step, String> obstacles = new LinkedHashMap<>();

    /**
     * What is to be done.
     *
     * @param jobs by unit
     * @param leftOut what was wanted and is not done, a clause each
     */
    public record Plan(Map<String, JobKind> jobs, List<String> leftOut) {}

    /** One job that is planned. */
    private record Step(String unit, JobKind kind) {}

    /** Why a step is there. {@code isNeeded}: what {@code by} is for does not happen without {@code step}. */
    private record Link(Step by, Step step, boolean isNeeded) {}

    private Transaction(Landscape units) {
        this.units = units;
    }

    /** A start of this unit and of what it needs. */
    public static Plan start(String unit, Landscape units) throws Impossible {
        return start(List.of(unit), units);
    }

    /** A start of these units and of what they need. */
    public static Plan start(Collection<String> all, Landscape units) throws Impossible {
        Transaction transaction = new Transaction(units);
        for (String unit : all) {
            transaction.ask(unit, JobKind.START);
        }
        return transaction.settle();
    }

    /** A stop of these units and of what does not go on without them. */
    public static Plan stop(Collection<String> all, Landscape units) throws Impossible {
        Transaction transaction = new Transaction(units);
        for (String unit : all) {
            transaction.ask(unit, JobKind.STOP);
        }
        return transaction.settle();
    }

    /** A start of this unit and a stop of these others, as far as the first does not need them. */
    public static Plan isolate(String unit, Collection<String> others, Landscape units) throws Impossible {
        Transaction transaction = new Transaction(units);
        transaction.ask(unit, JobKind.START);
        Set<String> kept = Set.copyOf(transaction.steps.keySet());
        for (String other : others) {
            boolean wakesOne = units.servicesOf(other).stream().anyMatch(kept::contains);
            boolean isWokenByOne = units.socketsOf(other).stream().anyMatch(kept::contains);
            if (!kept.contains(other) && !wakesOne && !isWokenByOne) {
                Step stop = transaction.plan(other, JobKind.STOP);
                transaction.links.add(new Link(new Step(unit, JobKind.START), stop, false));
            }
        }
        transaction.expandAll();
        return transaction.settle();
    }

    private void ask(String unit, JobKind kind) throws Impossible {
        boolean isGroup = unit.endsWith(".target") && units.relations().isTakenAsUp(unit);
        String obstacle = kind == JobKind.STOP || isGroup ? null : obstacle(unit);
        if (obstacle != null) {
            throw new Impossible(obstacle);
        }
        anchors.add(plan(unit, kind));
        expandAll();
    }

    private void expandAll() {
        while (!open.isEmpty()) {
            expand(open.remove());
        }
    }

    /** Why a unit cannot be started at all; null where nothing is known that speaks against it. */
    private @Nullable String obstacle(String unit) {
        return switch (units.load(unit)) {
            case LOADED -> null;
            case NOT_FOUND -> "Unit " + unit + " not found.";
            case MASKED -> "Unit " + unit + " is masked; 'activator unmask " + unit + "' lifts that.";
            case BAD_SETTING, ERROR -> "Unit " + unit + " has a bad setting; 'activator status " + unit + "' shows it.";
        };
    }

    private Step plan(String unit, JobKind kind) {
        Step step = new Step(unit, kind);
        Map<JobKind, Step> ofUnit = steps.computeIfAbsent(unit, key -> new LinkedHashMap<>());
        if (ofUnit.putIfAbsent(kind, step) == null) {
            open.add(step);
        }
        return step;
    }

    private void expand(Step step) {
        Map<Dependency, Set<String>> relations = units.relations().of(step.unit());
        if (step.kind() == JobKind.START) {
            expand(step, relations, Dependency.REQUIRES, JobKind.START, true);
            expand(step, relations, Dependency.BINDS_TO, JobKind.START, true);
            expand(step, relations, Dependency.REQUISITE, JobKind.VERIFY_ACTIVE, true);
            expand(step, relations, Dependency.WANTS, JobKind.START, false);
            expand(step, relations, Dependency.UPHOLDS, JobKind.START, false);
            expand(step, relations, Dependency.CONFLICTS, JobKind.STOP, true);
            expand(step, relations, Dependency.CONFLICTED_BY, JobKind.STOP, false);
        } else if (step.kind() == JobKind.STOP) {
            expand(step, relations, Dependency.REQUIRED_BY, JobKind.STOP, true);
            expand(step, relations, Dependency.BOUND_BY, JobKind.STOP, true);
            expand(step, relations, Dependency.CONSISTS_OF, JobKind.STOP, true);
            expand(step, relations, Dependency.PROPAGATES_STOP_TO, JobKind.STOP, true);
        }
    }

    private void expand(
            Step by, Map<Dependency, Set<String>> relations, Dependency why, JobKind kind, boolean isNeeded) {
        for (String other : relations.getOrDefault(why, Set.of())) {
            boolean isUnwanted = !isNeeded && kind == JobKind.START && units.isDisabled(other);
            boolean isNothing = kind == JobKind.STOP && units.load(other) == LoadState.NOT_FOUND;
            if (isUnwanted || isNothing || units.relations().isTakenAsUp(other)) {
                continue;
            }
            String obstacle = kind == JobKind.STOP ? null : obstacle(other);
            if (obstacle == null) {
                links.add(new Link(by, plan(other, kind), isNeeded));
            } else if (isNeeded) {
                obstacles.putIfAbsent(by, obstacle);
            }
        }
    }

    /** What is only wanted is left out where it cannot be started, with all that came along with it. */
    private void dropImpossible() throws Impossible {
        Deque<Step> spoilt = new ArrayDeque<>(obstacles.keySet());
        Map<Step, List<Link>> linksTo = new LinkedHashMap<>();
        links.forEach(link ->
                linksTo.computeIfAbsent(link.step(), key -> new ArrayList<>()).add(link));
        Set<Step> all = new HashSet<>();
        while (!spoilt.isEmpty()) {
            Step step = spoilt.remove();
            String obstacle = obstacles.getOrDefault(step, "");
            if (anchors.contains(step)) {
                throw new Impossible(obstacle);
            }
            for (Link link : all.add(step) ? linksTo.getOrDefault(step, List.of()) : List.<Link>of()) {
                if (link.isNeeded()) {
                    obstacles.putIfAbsent(link.by(), obstacle);
                    spoilt.add(link.by());
                }
            }
        }
        for (Link link : links) {
            if (all.contains(link.step()) && !link.isNeeded()) {
                leftOut.add(link.step().unit() + ", which " + link.by().unit() + " wants, is left out: "
                        + obstacles.getOrDefault(link.step(), ""));
            }
        }
        all.forEach(this::remove);
        dropUnreached();
    }

    private Plan settle() throws Impossible {
        dropImpossible();
        Step surplus = contradicted();
        while (surplus != null) {
            leftOut.add(surplus.kind().word() + " of " + surplus.unit() + " is left out, it contradicts the rest");
            drop(surplus);
            surplus = contradicted();
        }
        Map<String, JobKind> jobs = jobs();
        List<String> cycle = cycle(jobs);
        while (!cycle.isEmpty()) {
            Step weakest = weakest(cycle);
            leftOut.add(weakest.unit() + " is left out, to break a circle of units each to start after the next: "
                    + String.join(", ", cycle));
            drop(weakest);
            jobs = jobs();
            cycle = cycle(jobs);
        }
        return new Plan(jobs, List.copyOf(leftOut));
    }

    /** A step that stands against another one of its unit and is given up for that; null where there is none. */
    private @Nullable Step contradicted() throws Impossible {
        String hopeless = null;
        for (Map<JobKind, Step> ofUnit : steps.values()) {
            Step stop = ofUnit.get(JobKind.STOP);
            Step start = ofUnit.getOrDefault(JobKind.START, ofUnit.get(JobKind.VERIFY_ACTIVE));
            if (stop == null || start == null) {
                continue;
            }
            Set<Step> needed = reachable(true);
            if (!needed.contains(start)) {
                return start;
            }
            if (!needed.contains(stop)) {
                return stop;
            }
            if (hopeless == null || isConflict(stop)) {
                hopeless = "This would start " + start.unit() + because(start) + " and stop it" + because(stop)
                        + "; they cannot be up together.";
            }
        }
        if (hopeless != null) {
            throw new Impossible(hopeless);
        }
        return null;
    }

    /** Whether the stop is for the sake of a start, and no consequence of another stop. */
    private boolean isConflict(Step stop) {
        return links.stream()
                .anyMatch(link -> link.step().equals(stop) && link.by().kind() != JobKind.STOP);
    }

    private String because(Step step) {
        return links.stream()
                .filter(link -> link.step().equals(step))
                .min(Comparator.comparing(link -> link.by().kind() == JobKind.STOP))
                .map(link -> step.kind() == JobKind.STOP
                        ? ", which conflicts with " + link.by().unit()
                        : ", which " + link.by().unit() + " needs,")
                .orElse("");
    }

    /** Removes a step, and those that were there for its sake alone. */
    private void drop(Step step) {
        remove(step);
        dropUnreached();
    }

    private void dropUnreached() {
        Set<Step> kept = reachable(false);
        List<Step> all = new ArrayList<>();
        steps.values().forEach(ofUnit -> all.addAll(ofUnit.values()));
        all.stream().filter(each -> !kept.contains(each)).forEach(this::remove);
    }

    private void remove(Step step) {
        links.removeIf(link -> link.step().equals(step) || link.by().equals(step));
        Map<JobKind, Step> ofUnit = steps.getOrDefault(step.unit(), Map.of());
        if (ofUnit.remove(step.kind()) != null && ofUnit.isEmpty()) {
            steps.remove(step.unit());
        }
        anchors.remove(step);
    }

    private Set<Step> reachable(boolean neededOnly) {
        Set<Step> found = new HashSet<>(anchors);
        Deque<Step> open = new ArrayDeque<>(anchors);
        Map<Step, List<Link>> linksBy = new LinkedHashMap<>();
        links.forEach(link ->
                linksBy.computeIfAbsent(link.by(), key -> new ArrayList<>()).add(link));
        while (!open.isEmpty()) {
            for (Link link : linksBy.getOrDefault(open.remove(), List.of())) {
                if ((link.isNeeded() || !neededOnly) && found.add(link.step())) {
                    open.add(link.step());
                }
            }
        }
        return found;
    }

    /** One job a unit, without those that have nothing left to do. */
    private Map<String, JobKind> jobs() {
        Map<String, JobKind> jobs = new LinkedHashMap<>();
        steps.forEach((unit, ofUnit) -> {
            JobKind kind = ofUnit.containsKey(JobKind.STOP)
                    ? JobKind.STOP
                    : ofUnit.containsKey(JobKind.START) ? JobKind.START : JobKind.VERIFY_ACTIVE;
            boolean isAsked = anchors.contains(new Step(unit, kind));
            boolean isDone = kind == JobKind.STOP ? units.isDown(unit) : units.isUp(unit);
            if (isAsked || !isDone) {
                jobs.put(unit, kind);
            }
        });
        return jobs;
    }

    private List<String> cycle(Map<String, JobKind> jobs) {
        Order order = new Order(units);
        List<List<String>> circles = Circles.find(jobs.keySet(), unit -> order.waitsFor(unit, jobs::get));
        return circles.isEmpty() ? List.of() : circles.get(0);
    }

    /** The member of a circle that what was asked for can do without. */
    private Step weakest(List<String> cycle) throws Impossible {
        Set<Step> needed = reachable(true);
        for (String unit : cycle) {
            for (Step step : steps.getOrDefault(unit, Map.of()).values()) {
                if (!needed.contains(step)) {
                    return step;
                }
            }
        }
        List<String> circle = new ArrayList<>(cycle);
        circle.add(cycle.get(0));
        throw new Impossible("Each of these is to start after the next one, so none can: " + String.join(", ", circle)
                + "; take one After= or Before= of them out.");
    }
}
