package dev.activator.cli;

import dev.activator.control.ListenerStatus;
import dev.activator.control.ServiceStatus;
import dev.activator.control.SocketStatus;
import dev.activator.control.UnitStatus;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code top}: a socket unit with the service that it wakes, or a service without a socket.
 *
 * @param unit the socket unit, or the service
 * @param service what it wakes; null where that has not been needed yet
 * @param memory proportional set size of the service, bytes; null where it has no processes, or nobody could say
 * @param share of one processor that it used since the picture before; null where it is unknown
 */
record TopRow(
        UnitStatus unit,
        @Nullable UnitStatus service,
        @Nullable Long memory,
        @Nullable Double share) {

    /** What lines are sorted by, most first but for names. */
    enum Order {
        NAME('n', "name", Comparator.comparing(row -> row.unit().id())),
        STATE('s', "state", Comparator.comparing(TopRow::rank)),
        MEMORY('m', "memory", Comparator.comparingLong(row -> -(row.memory() == null ? -1 : row.memory()))),
        CPU('c', "cpu", Comparator.comparingDouble(row -> -(row.share() == null ? -1 : row.share()))),
        WAKES('w', "wakes", Comparator.comparingLong(row -> -row.wakes())),
        QUEUE('u', "queue", Comparator.comparingInt(row -> -row.queued()));

        private final char key;
        private final String word;

        @SuppressWarnings("ImmutableEnumChecker") // has no state
        private final Comparator<TopRow> comparator;

        Order(char key, String word, Comparator<TopRow> comparator) {
            this.key = key;
            this.word = word;
            this.comparator = comparator.thenComparing(row -> row.unit().id());
        }

        char key() {
            return key;
        }

        String word() {
            return word;
        }

        Comparator<TopRow> comparator() {
            return comparator;
        }

        /** By its key; null where no order has it. */
        static @Nullable Order of(char key) {
            for (Order order : values()) {
                if (order.key == key) {
                    return order;
                }
            }
            return null;
        }
    }

    static final String[] HEADINGS = {"UNIT", "STATE", "QUEUE", "CONN", "WAKES", "LAST-WAKE", "MEMORY", "CPU", "LISTENS"
    };

    /** What asks for attention comes first. */
    private int rank() {
        return switch (state()) {
            case "failed", "suspended" -> 0;
            case "asleep" -> 3;
            case "frozen" -> 2;
            case "closed" -> 4;
            default -> 1;
        };
    }

    String state() {
        SocketStatus socket = unit.socket();
        if (socket != null && socket.suspended() != null) {
            return "suspended";
        }
        if (unit.state().sub().equals("failed")
                || (service != null && service.state().sub().equals("failed"))) {
            return "failed";
        }
        boolean isClosed = socket != null && !unit.state().active().isActive();
        if (service == null) {
            return isClosed ? "closed" : "asleep";
        }
        if (!service.state().active().isActive()) {
            boolean isOnItsWay = service.state().active().word().endsWith("ing");
            return isOnItsWay ? service.state().sub() : isClosed ? "closed" : "asleep";
        }
        return service.state().sub().equals("running")
                ? "awake"
                : service.state().sub();
    }

    int queued() {
        SocketStatus socket = unit.socket();
        return socket == null
                ? 0
                : socket.listeners().stream()
                        .mapToInt(ListenerStatus::queued)
                        .filter(count -> count > 0)
                        .sum();
    }

    long wakes() {
        SocketStatus socket = unit.socket();
        return socket == null ? 0 : socket.activations();
    }

    Color color() {
        return switch (state()) {
            case "awake" -> Color.GREEN;
            case "failed", "suspended" -> Color.RED;
            case "asleep", "closed" -> Color.GREY;
            default -> Color.YELLOW;
        };
    }

    String[] cells() {
        SocketStatus socket = unit.socket();
        UnitStatus woken = service;
        return new String[] {
            unit.id(),
            state(),
            socket == null ? "-" : Integer.toString(queued()),
            socket == null ? "-" : Integer.toString(socket.connections()),
            socket == null ? "-" : Long.toString(wakes()),
            woken == null || woken.lastWake() == null
                    ? "-"
                    : TimeText.measured(woken.lastWake().totalMicros()),
            memory == null ? "-" : SizeText.of(memory),
            share == null ? "-" : String.format(Locale.ROOT, "%.1f%%", 100 * share),
            socket == null
                    ? ""
                    : String.join(
                            " ",
                            socket.listeners().stream()
                                    .map(ListenerStatus::address)
                                    .toList())
        };
    }

    /** Processor time that the service has used so far; null where it is unknown. */
    static @Nullable Long cpuNanos(@Nullable UnitStatus service) {
        ServiceStatus its = service == null ? null : service.service();
        return its == null ? null : its.cpuNanos();
    }
}
