package dev.activator.listener;

import dev.activator.config.ListenAddress;
import dev.activator.config.ListenSocket;
import dev.activator.config.SocketDirectives;
import dev.activator.config.SocketUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All open listeners, found by kind, address and device: what makes a listener the same one over reloads and upgrades, and what two units
 * cannot both have. Open addressing, so that one of ten thousand takes no more than its place.
 */
final class ListenerTable {
    private @Nullable Listener[] places = new Listener[64];
    private int count;

    void add(Listener listener) {
        if (2 * ++count > places.length) {
            grow();
        }
        put(listener);
    }

    private void put(Listener listener) {
        int at = home(hash(listener.unit(), listener.spec()));
        while (places[at] != null) {
            at = next(at);
        }
        places[at] = listener;
    }

    private void grow() {
        @Nullable Listener[] before = places;
        places = new Listener[2 * before.length];
        for (Listener listener : before) {
            if (listener != null) {
                put(listener);
            }
        }
    }

    void remove(Listener listener) {
        int at = home(hash(listener.unit(), listener.spec()));
        while (places[at] != listener) {
            if (places[at] == null) {
                return;
            }
            at = next(at);
        }
        places[at] = null;
        count--;
        // Those behind it may stand there only because this place was taken.
        for (int i = next(at); places[i] != null; i = next(i)) {
            Listener moved = places[i];
            places[i] = null;
            if (moved != null) {
                put(moved);
            }
        }
    }

    /** Those of this kind, address and device. */
    List<Listener> of(SocketUnit unit, ListenSocket spec) {
        List<Listener> same = List.of();
        int at = home(hash(unit, spec));
        for (Listener each = places[at]; each != null; each = places[at]) {
            if (isSame(unit, spec, each)) {
                same = same.isEmpty() ? new ArrayList<>(1) : same;
                same.add(each);
            }
            at = next(at);
        }
        return same;
    }

    List<Listener> all() {
        List<Listener> all = new ArrayList<>(count);
        for (Listener listener : places) {
            if (listener != null) {
                all.add(listener);
            }
        }
        return all;
    }

    static boolean isSame(SocketUnit unit, ListenSocket spec, Listener other) {
        return spec.kind() == other.spec().kind()
                && plain(spec).equals(plain(other.spec()))
                && device(unit).equals(device(other.unit()));
    }

    /** A bare port is the IPv6 address that it stands for. */
    private static ListenAddress plain(ListenSocket spec) {
        return spec.address() instanceof ListenAddress.AnyPort any
                ? new ListenAddress.Inet6(Addresses.ANY_IPV6, null, any.port())
                : spec.address();
    }

    private static String device(SocketUnit unit) {
        return unit.get(SocketDirectives.BIND_TO_DEVICE).orElse("");
    }

    private static int hash(SocketUnit unit, ListenSocket spec) {
        return 31 * (31 * plain(spec).hashCode() + spec.kind().hashCode())
                + device(unit).hashCode();
    }

    private int home(int hash) {
        int spread = hash * 0x9E3779B9;
        return (spread ^ (spread >>> 15)) & (places.length - 1);
    }

    private int next(int at) {
        return (at + 1) & (places.length - 1);
    }
}
