package dev.activator.server;

import dev.activator.config.UnitName;
import java.time.Instant;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The targets that are up. One has no process and no socket, so that it is up as soon as what it waits for is. systemd.target(5). */
final class Targets {
    private final Surroundings surroundings;
    private final SortedMap<UnitName, Instant> up = new TreeMap<>();

    Targets(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    void start(UnitName target, String why) {
        if (up.putIfAbsent(target, surroundings.now()) == null) {
            surroundings.log().transition(target, "dead", "active", why);
        }
    }

    void stop(UnitName target, String why) {
        if (up.remove(target) != null) {
            surroundings.log().transition(target, "active", "dead", why);
        }
    }

    boolean isUp(UnitName target) {
        return up.containsKey(target);
    }

    /** Since when it is up; null where it is not. */
    @Nullable
    Instant since(UnitName target) {
        return up.get(target);
    }

    Set<UnitName> all() {
        return up.keySet();
    }
}
