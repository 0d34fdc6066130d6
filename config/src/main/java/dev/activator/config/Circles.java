package dev.activator.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Finds circles among units that wait for each other: a walk in depth that meets a unit which it has not left yet. */
public final class Circles {
    private final Function<String, ? extends Collection<String>> awaited;
    /** Whether a unit is done with; those that are on the way are not. */
    private final Map<String, Boolean> seen = new HashMap<>();

    private final List<List<String>> circles = new ArrayList<>();

    private record Step(String unit, Iterator<String> awaited) {}

    private Circles(Function<String, ? extends Collection<String>> awaited) {
        this.awaited = awaited;
    }

    /**
     * Circles that can be reached from these units: each member waits for the one that follows it, the last for the first. Each is found
     * once those before it are thought broken.
     *
     * @param awaited what a unit waits for
     */
    public static List<List<String>> find(
            Collection<String> units, Function<String, ? extends Collection<String>> awaited) {
        Circles circles = new Circles(awaited);
        for (String unit : units) {
            if (!circles.seen.containsKey(unit)) {
                circles.walk(unit);
            }
        }
        return circles.circles;
    }

    private void walk(String from) {
        Deque<Step> way = new ArrayDeque<>();
        enter(way, from);
        while (!way.isEmpty()) {
            Step here = way.getLast();
            if (!here.awaited().hasNext()) {
                seen.put(here.unit(), true);
                way.removeLast();
                continue;
            }
            String next = here.awaited().next();
            Boolean isDone = seen.get(next);
            if (isDone == null) {
                enter(way, next);
            } else if (!isDone) {
                circles.add(since(way, next));
            }
        }
    }

    private void enter(Deque<Step> way, String unit) {
        seen.put(unit, false);
        way.addLast(new Step(unit, awaited.apply(unit).iterator()));
    }

    private static List<String> since(Deque<Step> way, String first) {
        List<String> members = new ArrayList<>();
        way.forEach(step -> {
            if (!members.isEmpty() || step.unit().equals(first)) {
                members.add(step.unit());
            }
        });
        return members;
    }
}
