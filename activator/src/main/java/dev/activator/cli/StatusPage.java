package dev.activator.cli;

import dev.activator.config.TimeSpan;
import dev.activator.control.IdleStatus;
import dev.activator.control.ListenerStatus;
import dev.activator.control.MainProcess;
import dev.activator.control.OrderStatus;
import dev.activator.control.ProcessStatus;
import dev.activator.control.ServiceStatus;
import dev.activator.control.SocketStatus;
import dev.activator.control.SuspendedBy;
import dev.activator.control.UnitFile;
import dev.activator.control.UnitState;
import dev.activator.control.UnitStatus;
import dev.activator.control.WakePhase;
import dev.activator.control.WakeReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code status UNIT} prints: systemctl's page, and what it does not know (wake-ups, queues, the next try). */
final class StatusPage {
    private static final int LABEL_WIDTH = 11;
    private static final String INDENT = " ".repeat(LABEL_WIDTH + 2);
    private static final long SMALLEST_CAP = Integer.MAX_VALUE;
    private static final long NANOS_PER_MICRO = 1000;

    private final Terminal terminal;
    private final UnitStatus unit;
    private final Map<String, UnitState> related;

    /** @param related states of the units that this one triggers or is triggered by, as far as they are known */
    StatusPage(Terminal terminal, UnitStatus unit, Map<String, UnitState> related) {
        this.terminal = terminal;
        this.unit = unit;
        this.related = related;
    }

    void print() {
        UnitState state = unit.state();
        String mark = terminal.paint(UnitMark.color(state), UnitMark.of(state));
        String description = unit.file().description();
        boolean isNamedOnly = description.isEmpty() || description.equals(unit.id());
        terminal.out().println(mark + " " + unit.id() + (isNamedOnly ? "" : " - " + Printable.line(description)));
        printFile(unit.file());
        printState(state);
        printRelated("Triggers", unit.triggers());
        printRelated("TriggeredBy", unit.triggeredBy());
        field("Docs", unit.file().documentation());
        if (unit.socket() != null) {
            printSocket(unit.socket());
        }
        if (unit.lastWake() != null) {
            printWake(unit.lastWake());
        }
        if (unit.service() != null) {
            printService(unit.service());
        }
        unit.refusals()
                .forEach(refusal -> field("Refused", List.of(terminal.paint(Color.RED, Printable.line(refusal)))));
        unit.warnings()
                .forEach(warning -> field("Warning", List.of(terminal.paint(Color.YELLOW, Printable.line(warning)))));
    }

    private void printFile(UnitFile file) {
        List<String> inner = new ArrayList<>();
        if (file.fragment() != null) {
            inner.add(file.fragment().toString());
        }
        if (!file.fileState().isEmpty()) {
            inner.add(file.fileState());
        }
        String load = file.loadState().equals("loaded") ? "loaded" : terminal.paint(Color.RED, file.loadState());
        field("Loaded", List.of(load + (inner.isEmpty() ? "" : " (" + String.join("; ", inner) + ")")));
        Map<Path, List<Path>> byDirectory = file.dropIns().stream()
                .collect(Collectors.groupingBy(Path::getParent, LinkedHashMap::new, Collectors.toUnmodifiableList()));
        List<String> lines = new ArrayList<>();
        byDirectory.forEach((directory, files) -> {
            lines.add(directory.toString());
            lines.add("└─"
                    + files.stream().map(path -> path.getFileName().toString()).collect(Collectors.joining(", ")));
        });
        field("Drop-In", lines);
    }

    private void printState(UnitState state) {
        boolean hasResult = !state.result().isEmpty() && !state.result().equals("success");
        String inner = hasResult ? "Result: " + state.result() : state.sub();
        String text = terminal.paint(UnitMark.color(state), state.active().word() + " (" + inner + ")");
        field(
                "Active",
                List.of(text + (state.since() == null ? "" : " since " + TimeText.since(state.since(), terminal))));
        if (state.retryAt() != null) {
            field(
                    "Next try",
                    List.of("in " + untilText(Duration.between(terminal.now(), state.retryAt())) + attempt()));
        }
        boolean rests = unit.socket() != null && unit.socket().suspended() != null;
        if (state.reason() != null && (rests || !state.active().isActive())) {
            field("Reason", List.of(Printable.line(state.reason())));
        }
        if (state.order() != null) {
            printOrder(state.order());
        }
    }

    private void printOrder(OrderStatus order) {
        boolean isOther = !order.unit().equals(unit.id());
        String until = order.until() == null
                ? "until it is released"
                : "for " + untilText(Duration.between(terminal.now(), order.until())) + " more";
        List<String> lines = new ArrayList<>();
        lines.add(terminal.paint(Color.YELLOW, order.word()) + (isOther ? " of " + order.unit() : "") + ", " + until);
        lines.add("by " + order.by() + " since " + TimeText.since(order.since(), terminal));
        if (!order.reason().isEmpty()) {
            lines.add("\"" + Printable.line(order.reason()) + "\"");
        }
        field("Ordered", lines);
    }

    private String attempt() {
        SuspendedBy suspended = unit.socket() == null ? null : unit.socket().suspended();
        return suspended == null || suspended.attempt() == 1
                ? ""
                : "; suspended " + suspended.attempt() + " times in a row";
    }

    private static String untilText(Duration left) {
        return left.isNegative() ? "a moment" : TimeText.left(left);
    }

    private void printRelated(String label, List<String> names) {
        field(label, names.stream().map(this::withMark).toList());
    }

    private String withMark(String name) {
        UnitState state = related.get(name);
        String mark = state == null ? "○" : terminal.paint(UnitMark.color(state), UnitMark.of(state));
        return mark + " " + name;
    }

    private void printSocket(SocketStatus socket) {
        field(
                "Listen",
                socket.listeners().stream()
                        .map(listener -> listener.address() + " (" + listener.type() + ")"
                                + (listener.open() ? "" : ", not open"))
                        .toList());
        List<String> queues = socket.listeners().stream()
                .filter(listener -> listener.open() && listener.effectiveBacklog() > 0)
                .map(StatusPage::queue)
                .toList();
        field("Backlog", queues.stream().distinct().toList());
        if (socket.accepting()) {
            String refused = socket.refused() == 0 ? "" : "; Refused: " + socket.refused();
            field("Accepted", List.of(socket.accepted() + "; Connected: " + socket.connections() + refused));
        }
        printRefusals(socket);
        if (socket.activations() > 0) {
            field("Wakes", List.of(Long.toString(socket.activations())));
        }
    }

    private void printRefusals(SocketStatus socket) {
        String causes = socket.refusedBy().entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
        field("Turned away", causes.isEmpty() ? List.of() : List.of(causes));
        if (socket.droppedPackets() > 0) {
            field("Kept out", List.of(socket.droppedPackets() + " packets (AllowFrom=, DenyFrom=)"));
        }
    }

    private static String queue(ListenerStatus listener) {
        boolean isCapped = listener.backlog() > listener.effectiveBacklog() && listener.backlog() < SMALLEST_CAP;
        String cap = isCapped ? " of " + listener.backlog() + " asked for (net.core.somaxconn caps it)" : "";
        String queued = listener.queued() < 0 ? "" : ", " + listener.queued() + " waiting";
        String worst = listener.worst() > listener.queued() ? ", at most " + listener.worst() + " seen" : "";
        return listener.effectiveBacklog() + cap + queued + worst + overflow(listener);
    }

    /** With a value that would surely have sufficed: each of those may have been another client. */
    private static String overflow(ListenerStatus listener) {
        if (listener.overflows() <= 0) {
            return "";
        }
        long enough = listener.effectiveBacklog() + listener.overflows();
        return "; was full for " + listener.overflows() + (listener.overflows() == 1 ? " try" : " tries")
                + " of clients, Backlog=" + enough + " would have sufficed";
    }

    private void printWake(WakeReport wake) {
        String phases = wake.phases().stream()
                .map((WakePhase phase) -> phase.name() + " " + TimeText.measured(phase.micros()))
                .collect(Collectors.joining(", "));
        List<String> lines = new ArrayList<>();
        lines.add(TimeText.since(wake.at(), terminal));
        lines.add("by " + wake.cause() + ", took " + TimeText.measured(wake.totalMicros()));
        if (!phases.isEmpty()) {
            lines.add(phases);
        }
        field("Last wake", lines);
    }

    private void printService(ServiceStatus service) {
        if (service.main() != null) {
            field("Main PID", List.of(mainText(service.main())));
        }
        if (service.connection() != null) {
            field("Peer", List.of(service.connection()));
        }
        if (service.statusText() != null) {
            field("Status", List.of("\"" + terminal.paint(Color.BOLD, Printable.line(service.statusText())) + "\""));
        }
        if (service.restarts() > 0) {
            field("Restarts", List.of(Integer.toString(service.restarts())));
        }
        if (service.idle() != null) {
            field("Idle", idleLines(service.idle()));
        }
        if (service.asleep() != null) {
            field("Asleep", List.of(Printable.line(service.asleep())));
        }
        printUse(service);
    }

    private List<String> idleLines(IdleStatus idle) {
        String timeout = TimeSpan.format(Duration.of(idle.timeoutMicros(), ChronoUnit.MICROS));
        if (idle.usedBy() != null) {
            return List.of("no, used by " + idle.usedBy() + " (IdleTimeoutSec=" + timeout + ")");
        }
        String evidence = idle.evidence().isEmpty() ? "" : ": " + idle.evidence();
        String spent = TimeText.left(Duration.of(idle.idleMicros(), ChronoUnit.MICROS)) + " of " + timeout + evidence;
        if (idle.keptAwakeBy() != null) {
            return List.of(spent, "kept awake by " + idle.keptAwakeBy());
        }
        return idle.sleepsAt() == null
                ? List.of(spent)
                : List.of(spent, idle.action() + " in " + untilText(Duration.between(terminal.now(), idle.sleepsAt())));
    }

    private void printUse(ServiceStatus service) {
        if (!service.processes().isEmpty()) {
            field("Tasks", List.of(Integer.toString(service.processes().size())));
        }
        if (service.memory() != null) {
            field("Memory", List.of(SizeText.of(service.memory())));
        }
        if (service.cpuNanos() != null) {
            field("CPU", List.of(TimeText.measured(service.cpuNanos() / NANOS_PER_MICRO)));
        }
        List<String> tree = new ArrayList<>();
        if (service.controlGroup() != null) {
            tree.add(service.controlGroup());
        }
        List<ProcessStatus> processes = service.processes();
        for (int i = 0; i < processes.size(); i++) {
            String branch = i == processes.size() - 1 ? "└─" : "├─";
            tree.add(branch + processes.get(i).pid() + " "
                    + Printable.line(processes.get(i).commandLine()));
        }
        field(service.controlGroup() == null ? "Processes" : "CGroup", tree);
    }

    private String mainText(MainProcess main) {
        if (main.isRunning()) {
            return main.pid() + " (" + Printable.line(main.name()) + ")";
        }
        Color color = main.status() == 0 ? Color.GREY : Color.RED;
        return main.pid() + " (" + terminal.paint(color, ExitText.of(main)) + ")";
    }

    /** Prints a label and its lines, the later ones indented below the first; nothing if there are none. */
    private void field(String label, List<String> lines) {
        String lead = " ".repeat(Math.max(0, LABEL_WIDTH - label.length())) + label + ": ";
        for (String line : lines) {
            terminal.out().println(cut(lead + line));
            lead = INDENT;
        }
    }

    /** Long command lines are cut on a terminal; text with colours is left alone, since it is short. */
    private String cut(String line) {
        int columns = terminal.columns();
        boolean fits = columns == 0 || line.codePointCount(0, line.length()) <= columns || line.indexOf('\u001b') >= 0;
        boolean isProcess = line.contains("├─") || line.contains("└─");
        return fits || !isProcess ? line : line.substring(0, line.offsetByCodePoints(0, columns - 1)) + "…";
    }
}
