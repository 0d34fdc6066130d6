package dev.activator.cli;

import dev.activator.control.ListenerStatus;
import dev.activator.control.MainProcess;
import dev.activator.control.ServerStatus;
import dev.activator.control.ServiceStatus;
import dev.activator.control.SocketStatus;
import dev.activator.control.UnitFile;
import dev.activator.control.UnitState;
import dev.activator.control.UnitStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code show} prints: systemd's property names where it has them, then every directive. A name may come more than once. */
final class UnitProperties {
    private final List<Property> properties = new ArrayList<>();
    private final ZoneId zone;

    record Property(String name, String value) {}

    private UnitProperties(ZoneId zone) {
        this.zone = zone;
    }

    static List<Property> of(UnitStatus unit, ZoneId zone) {
        UnitProperties all = new UnitProperties(zone);
        all.add("Id", unit.id());
        all.addFile(unit.file());
        all.addState(unit.state());
        all.add("Triggers", String.join(" ", unit.triggers()));
        all.add("TriggeredBy", String.join(" ", unit.triggeredBy()));
        if (unit.socket() != null) {
            all.addSocket(unit.socket());
        }
        if (unit.service() != null) {
            all.addService(unit.service());
        }
        if (unit.lastWake() != null) {
            all.add("LastWakeTimestamp", all.stamp(unit.lastWake().at()));
            all.add("LastWakeUSec", Long.toString(unit.lastWake().totalMicros()));
        }
        unit.directives().forEach(all::add);
        return all.properties;
    }

    static List<Property> of(ServerStatus server, ZoneId zone) {
        UnitProperties all = new UnitProperties(zone);
        all.add("Version", server.version());
        all.add("SystemState", server.state());
        all.add("MainPID", Integer.toString(server.pid()));
        all.add("StartTimestamp", all.stamp(server.since()));
        all.add("RuntimeDirectory", server.runtime().toString());
        all.add("UnitPath", paths(server.unitDirectories()));
        all.add("NNames", Integer.toString(server.unitsLoaded()));
        all.add("NFailedUnits", Integer.toString(server.unitsFailed()));
        all.add("NListeners", Integer.toString(server.listenersBound()));
        all.add("NListenersWanted", Integer.toString(server.listenersWanted()));
        all.add("NServices", Integer.toString(server.servicesRunning()));
        all.add("MemoryCurrent", number(server.memory()));
        all.add("NFileDescriptors", Integer.toString(server.openFds()));
        return all.properties;
    }

    /** As systemctl answers for a name that no unit has. */
    static List<Property> ofMissing(String name) {
        return List.of(
                new Property("Id", name),
                new Property("Names", name),
                new Property("LoadState", "not-found"),
                new Property("ActiveState", "inactive"),
                new Property("SubState", "dead"));
    }

    private void addFile(UnitFile file) {
        add("Names", String.join(" ", file.names()));
        add("Description", file.description());
        add("Documentation", String.join(" ", file.documentation()));
        add("LoadState", file.loadState());
        add("UnitFileState", file.fileState());
        add("FragmentPath", file.fragment() == null ? "" : file.fragment().toString());
        add("DropInPaths", paths(file.dropIns()));
    }

    private void addState(UnitState state) {
        add("ActiveState", state.active().word());
        add("SubState", state.sub());
        add("Result", state.result());
        add("StateChangeTimestamp", stamp(state.since()));
        add("StatusReason", state.reason() == null ? "" : state.reason());
        add("NextTryTimestamp", stamp(state.retryAt()));
    }

    private void addSocket(SocketStatus socket) {
        for (ListenerStatus listener : socket.listeners()) {
            add("Listen", listener.address() + " (" + listener.type() + ")");
        }
        for (ListenerStatus listener : socket.listeners()) {
            add("EffectiveBacklog", Integer.toString(listener.effectiveBacklog()));
        }
        add("NAccepted", Long.toString(socket.accepted()));
        add("NConnections", Integer.toString(socket.connections()));
        add("NRefused", Long.toString(socket.refused()));
        add("NActivations", Long.toString(socket.activations()));
    }

    private void addService(ServiceStatus service) {
        MainProcess main = service.main();
        add("MainPID", main != null && main.isRunning() ? Integer.toString(main.pid()) : "0");
        add("ExecMainPID", main == null ? "0" : Integer.toString(main.pid()));
        add("ExecMainStartTimestamp", main == null ? "" : stamp(main.started()));
        add("ExecMainExitTimestamp", main == null ? "" : stamp(main.exited()));
        add("ExecMainCode", main == null || main.code() == null ? "" : main.code());
        add("ExecMainStatus", main == null ? "0" : Integer.toString(main.status()));
        add("StatusText", service.statusText() == null ? "" : service.statusText());
        add("NRestarts", Integer.toString(service.restarts()));
        add("ControlGroup", service.controlGroup() == null ? "" : service.controlGroup());
        add("TasksCurrent", Integer.toString(service.processes().size()));
        add("MemoryCurrent", number(service.memory()));
        add("CPUUsageNSec", number(service.cpuNanos()));
        add(
                "IdleStopTimestamp",
                service.idle() == null ? "" : stamp(service.idle().sleepsAt()));
    }

    private void add(String name, String value) {
        properties.add(new Property(name, value));
    }

    private String stamp(@Nullable Instant at) {
        return at == null ? "" : TimeText.stamp(at, zone);
    }

    private static String number(@Nullable Long value) {
        return value == null ? "[not set]" : value.toString();
    }

    private static String paths(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(" "));
    }
}
