package dev.activator.cli;

import dev.activator.control.ServerStatus;
import dev.activator.control.UnitStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All lines of {@code top} at one moment. Memory and processor time are asked for of services that run, of which most do not. */
final class TopPicture {
    private static final double NANOS = 1e9;

    private final ServerStatus server;
    private final List<TopRow> rows = new ArrayList<>();
    private final Map<String, Long> cpu = new HashMap<>();
    private final long takenAt = System.nanoTime();

    private TopPicture(ServerStatus server) {
        this.server = server;
    }

    /** @param before to compare processor times with; null at first */
    static TopPicture take(ControlClient client, @Nullable TopPicture before) {
        TopPicture picture = new TopPicture(client.server());
        List<UnitStatus> units = client.units();
        Map<String, UnitStatus> byName =
                units.stream().collect(Collectors.toMap(UnitStatus::id, unit -> unit, (one, other) -> one));
        Set<String> woken = new HashSet<>();
        for (UnitStatus unit : units) {
            if (unit.type().equals("socket")) {
                woken.addAll(unit.triggers());
                String service =
                        unit.triggers().isEmpty() ? "" : unit.triggers().get(0);
                picture.add(client, unit, byName.get(service), before);
            }
        }
        for (UnitStatus unit : units) {
            if (unit.type().equals("service") && unit.service() != null && !woken.contains(unit.id())) {
                picture.add(client, unit, unit, before);
            }
        }
        return picture;
    }

    private void add(ControlClient client, UnitStatus unit, @Nullable UnitStatus service, @Nullable TopPicture before) {
        UnitStatus full = service == null ? null : inFull(client, service);
        Long nanos = TopRow.cpuNanos(full);
        Double share = null;
        if (full != null && nanos != null) {
            cpu.put(full.id(), nanos);
            Long earlier = before == null ? null : before.cpu.get(full.id());
            if (before != null && earlier != null && nanos >= earlier) {
                share = (nanos - earlier) / Math.max(1.0, (double) (takenAt - before.takenAt));
            }
        }
        Long memory =
                full == null || full.service() == null ? null : full.service().memory();
        rows.add(new TopRow(unit, full, memory, share));
    }

    private static UnitStatus inFull(ControlClient client, UnitStatus service) {
        boolean runs =
                service.service() != null && !service.service().processes().isEmpty();
        return runs ? client.unit(service.id()).orElse(service) : service;
    }

    /** How long ago it was taken. */
    double ageSeconds() {
        return (System.nanoTime() - takenAt) / NANOS;
    }

    List<TopRow> rows(TopRow.Order order) {
        return rows.stream().sorted(order.comparator()).toList();
    }

    /** {@code 14 units: 2 awake, 11 asleep, 1 failed; services take 91.0M, the super-server 40.1M}. */
    String summary() {
        Map<String, Long> states = rows.stream()
                .collect(Collectors.groupingBy(TopRow::state, java.util.TreeMap::new, Collectors.counting()));
        String counts = states.entrySet().stream()
                .map(state -> state.getValue() + " " + state.getKey())
                .collect(Collectors.joining(", "));
        long memory = rows.stream()
                .mapToLong(row -> row.memory() == null ? 0 : row.memory())
                .sum();
        return rows.size() + (rows.size() == 1 ? " unit: " : " units: ") + counts + "; services take "
                + SizeText.of(memory) + ", the super-server "
                + (server.memory() == null ? "an unknown amount" : SizeText.of(server.memory()));
    }
}
