package dev.activator.server;

import dev.activator.config.UnitName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The activations of all socket units by name: there are thousands, and a node of a map would take more than half of what each of them does. */
final class Activations {
    private final List<SocketActivation> byName = new ArrayList<>();

    /** Null where there is none. */
    @Nullable
    SocketActivation get(UnitName name) {
        int at = find(name);
        return at < 0 ? null : byName.get(at);
    }

    /** One of a name of which there is none. */
    void add(SocketActivation socket) {
        byName.add(-find(socket.name()) - 1, socket);
    }

    void remove(SocketActivation socket) {
        byName.remove(find(socket.name()));
    }

    /** In the order of their names; shows what is added and removed later. */
    List<SocketActivation> all() {
        return Collections.unmodifiableList(byName);
    }

    /** As {@link Collections#binarySearch} says it. Units come in the order of their names, so the last is looked at first. */
    private int find(UnitName name) {
        int low = 0;
        int high = byName.size() - 1;
        if (high >= 0 && byName.get(high).name().compareTo(name) < 0) {
            return -byName.size() - 1;
        }
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = byName.get(middle).name().compareTo(name);
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -low - 1;
    }
}
