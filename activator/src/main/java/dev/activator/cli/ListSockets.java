package dev.activator.cli;

import dev.activator.control.ListenerStatus;
import dev.activator.control.SocketStatus;
import dev.activator.control.UnitGlob;
import dev.activator.control.UnitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code list-sockets}: one line a listener, by address. */
@Command(
        name = "list-sockets",
        description = "List listening sockets by address, and the units that they activate.",
        footer = {
            "",
            "Examples:",
            "  activator list-sockets --show-types",
            "  activator list-sockets --stats      queues, connections and wake-ups of each",
        })
final class ListSockets implements Callable<Integer> {
    @ParentCommand
    private @Nullable Activator activator;

    @Option(
            names = "--show-types",
            description = "show the type of each socket: Stream, Datagram, SequentialPacket, FIFO")
    private boolean showTypes;

    @Option(
            names = "--stats",
            description =
                    "show the unit's state, connections waiting in the kernel's queue and its limit, connections being served,"
                            + " wake-ups of the service so far and how long the last one took")
    private boolean stats;

    @Mixin
    private ListOptions options = new ListOptions();

    @Parameters(
            paramLabel = "PATTERN",
            description = "only socket units with these names; * ? [] match as in the shell")
    private List<String> patterns = new ArrayList<>();

    private record Line(UnitStatus unit, SocketStatus socket, ListenerStatus listener) {
        String activates() {
            return String.join(" ", unit.triggers());
        }

        /** With a countdown where it rests. */
        String state(Terminal terminal) {
            Instant retryAt = unit.state().retryAt();
            if (retryAt == null) {
                return unit.state().sub();
            }
            Duration left = Duration.between(terminal.now(), retryAt);
            return unit.state().sub() + " (" + (left.isNegative() ? "0s" : TimeText.left(left)) + ")";
        }

        String wake() {
            return unit.lastWake() == null
                    ? "-"
                    : TimeText.measured(unit.lastWake().totalMicros());
        }
    }

    @Override
    public Integer call() {
        Activator root = Objects.requireNonNull(activator);
        List<Line> lines = root.client().units().stream()
                .filter(unit -> isWanted(unit))
                .flatMap(ListSockets::lines)
                .sorted(Comparator.comparing((Line line) -> line.listener().address()))
                .toList();
        if (root.wantsJson()) {
            root.printJson(lines.stream().map(ListSockets::row).toList());
        } else {
            print(root.terminal(), lines);
        }
        return ExitStatus.OK;
    }

    private boolean isWanted(UnitStatus unit) {
        List<String> sockets = patterns.stream()
                .map(pattern -> pattern.contains(".") || pattern.endsWith("*") ? pattern : pattern + ".socket")
                .toList();
        boolean byState = options.all || unit.state().active().isActive();
        return unit.type().equals("socket") && byState && UnitGlob.matches(unit.id(), sockets);
    }

    private static Stream<Line> lines(UnitStatus unit) {
        SocketStatus socket = unit.socket();
        return socket == null
                ? Stream.of()
                : socket.listeners().stream().map(listener -> new Line(unit, socket, listener));
    }

    private static Map<String, Object> row(Line line) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("listen", line.listener().address());
        row.put("type", line.listener().type());
        row.put("unit", line.unit().id());
        row.put("activates", line.activates());
        row.put("fdName", line.listener().fdName());
        row.put("state", line.unit().state().sub());
        if (line.unit().state().retryAt() != null) {
            row.put("reason", line.unit().state().reason());
            row.put("since", line.unit().state().since());
            row.put("retryAt", line.unit().state().retryAt());
        }
        row.put("queued", line.listener().queued());
        row.put("backlog", line.listener().effectiveBacklog());
        row.put("accepted", line.socket().accepted());
        row.put("connections", line.socket().connections());
        row.put("refused", line.socket().refused());
        row.put("activations", line.socket().activations());
        if (line.unit().lastWake() != null) {
            row.put("lastWakeMicros", line.unit().lastWake().totalMicros());
        }
        return row;
    }

    private void print(Terminal terminal, List<Line> lines) {
        Table table = new Table(headings());
        lines.forEach(line -> table.row(cells(line, terminal)));
        if (!table.isEmpty()) {
            table.print(terminal, options.legend(), options.full);
        }
        if (options.legend()) {
            terminal.out()
                    .println((lines.isEmpty() ? "" : System.lineSeparator())
                            + lines.size()
                            + (lines.size() == 1 ? " socket listed." : " sockets listed."));
            if (!options.all) {
                terminal.out().println("Pass --all to see loaded but inactive sockets, too.");
            }
        }
    }

    private String[] headings() {
        List<String> headings = new ArrayList<>(List.of("LISTEN"));
        if (showTypes) {
            headings.add("TYPE");
        }
        headings.add("UNIT");
        if (stats) {
            headings.addAll(List.of("STATE", "QUEUED", "BACKLOG", "CONNECTED", "WAKES", "LAST-WAKE"));
        }
        headings.add("ACTIVATES");
        return headings.toArray(String[]::new);
    }

    private String[] cells(Line line, Terminal terminal) {
        ListenerStatus listener = line.listener();
        List<String> cells = new ArrayList<>(List.of(listener.address()));
        if (showTypes) {
            cells.add(listener.type());
        }
        cells.add(line.unit().id());
        if (stats) {
            cells.add(line.state(terminal));
            cells.add(listener.queued() < 0 ? "-" : Integer.toString(listener.queued()));
            cells.add(listener.effectiveBacklog() == 0 ? "-" : Integer.toString(listener.effectiveBacklog()));
            cells.add(Integer.toString(line.socket().connections()));
            cells.add(Long.toString(line.socket().activations()));
            cells.add(line.wake());
        }
        cells.add(line.activates());
        return cells.toArray(String[]::new);
    }
}
