package dev.activator.cli;

import dev.activator.control.ServerStatus;
import dev.activator.control.UnitStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code status} prints without a unit: the super-server, and which units are awake or in trouble. */
final class ServerPage {
    private final Terminal terminal;
    private final ServerStatus server;
    private final List<UnitStatus> units;

    ServerPage(Terminal terminal, ServerStatus server, List<UnitStatus> units) {
        this.terminal = terminal;
        this.server = server;
        this.units = units;
    }

    void print() {
        boolean isWell = server.state().equals("running");
        Color color = isWell ? Color.GREEN : server.state().equals("degraded") ? Color.RED : Color.YELLOW;
        terminal.out().println(terminal.paint(color, "●") + " activator " + server.version());
        field("State", terminal.paint(color, server.state()));
        field("Units", server.unitsLoaded() + " loaded, " + server.unitsFailed() + " failed");
        field("Listening", server.listenersBound() + " of " + server.listenersWanted() + " sockets open");
        field("Services", server.servicesRunning() + " running");
        field("Since", TimeText.since(server.since(), terminal));
        field("Main PID", Integer.toString(server.pid()));
        field("Open fds", Integer.toString(server.openFds()));
        if (server.memory() != null) {
            field("Memory", SizeText.of(server.memory()));
        }
        field("Runtime", server.runtime().toString());
        field("Reads", server.unitDirectories().stream().map(Path::toString).collect(Collectors.joining(" ")));
        printUnits();
        if (!server.problems().isEmpty()) {
            terminal.out().println();
            server.problems().forEach(terminal.out()::println);
        }
    }

    private void printUnits() {
        Table table = new Table("", "UNIT", "ACTIVE", "SUB", "SINCE");
        for (UnitStatus unit : units) {
            boolean isAwake =
                    unit.type().equals("service") && unit.state().active().isActive();
            if (isAwake || UnitMark.needsAttention(unit)) {
                Color color = UnitMark.color(unit.state());
                String since = unit.state().since() == null
                        ? ""
                        : TimeText.since(unit.state().since(), terminal);
                table.row(
                        List.of(color),
                        UnitMark.of(unit.state()),
                        unit.id(),
                        unit.state().active().word(),
                        unit.state().sub(),
                        since);
            }
        }
        if (!table.isEmpty()) {
            terminal.out().println();
            table.print(terminal, true, false);
        }
    }

    private void field(String label, String value) {
        terminal.out().println(" ".repeat(Math.max(0, 11 - label.length())) + label + ": " + value);
    }
}
