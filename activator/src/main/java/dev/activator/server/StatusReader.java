package dev.activator.server;

import dev.activator.config.ActivatorDirectives;
import dev.activator.config.AddressRules;
import dev.activator.config.Directive;
import dev.activator.config.DirectiveTable;
import dev.activator.config.FailureMode;
import dev.activator.config.Problem;
import dev.activator.config.SocketUnit;
import dev.activator.config.Unit;
import dev.activator.config.UnitCatalog;
import dev.activator.config.UnitDirectives;
import dev.activator.config.UnitName;
import dev.activator.control.ActiveState;
import dev.activator.control.IdleStatus;
import dev.activator.control.ListenerStatus;
import dev.activator.control.MainProcess;
import dev.activator.control.OrderStatus;
import dev.activator.control.ServiceStatus;
import dev.activator.control.SocketStatus;
import dev.activator.control.SuspendedBy;
import dev.activator.control.UnitFile;
import dev.activator.control.UnitState;
import dev.activator.control.UnitStatus;
import dev.activator.control.WakeReport;
import dev.activator.handoff.ExitStatus;
import dev.activator.jobs.Job;
import dev.activator.jobs.Jobs;
import dev.activator.listener.Listener;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes immutable pictures of units out of the machines. For the loop's thread, so it reads no file; see {@link ProcessReader}. */
final class StatusReader {
    private final Units units;
    private final UnitFileStates fileStates;

    StatusReader(Units units, UnitFileStates fileStates) {
        this.units = units;
        this.fileStates = fileStates;
    }

    /** Every name that has files or a machine. */
    List<UnitName> names() {
        TreeSet<UnitName> names = new TreeSet<>(units.catalog().names());
        units.services().forEach(instance -> names.add(instance.name()));
        units.sockets().forEach(socket -> names.add(socket.name()));
        names.addAll(units.jobs().targets().all());
        return new ArrayList<>(names);
    }

    /** One unit with all that is known of it; its own name, not an alias's. */
    UnitStatus read(UnitName name) {
        Unit unit = unit(name);
        SortedMap<String, String> directives = unit == null ? new TreeMap<>() : directives(unit);
        units.catalog()
                .relations()
                .of(name.toString())
                .forEach((kind, others) -> directives.put(kind.word(), String.join(" ", others)));
        return picture(name, unit, directives);
    }

    /** The same without directives, of which a service has some 250: what a list of all units can afford. */
    UnitStatus summary(UnitName name) {
        return picture(name, unit(name), new TreeMap<>());
    }

    private @Nullable Unit unit(UnitName name) {
        SocketActivation socket = units.socket(name);
        ServiceInstance service = units.service(name);
        return socket != null ? socket.unit() : service != null ? service.unit() : declared(name);
    }

    private UnitStatus picture(UnitName name, @Nullable Unit unit, SortedMap<String, String> directives) {
        UnitCatalog catalog = units.catalog();
        SocketActivation socket = units.socket(name);
        ServiceInstance service = units.service(name);
        return new UnitStatus(
                name.toString(),
                name.type().suffix(),
                file(name, unit),
                state(name, socket, service),
                socket != null ? triggers(socket) : List.of(),
                units.socketsOf(name).stream().map(one -> one.name().toString()).toList(),
                unit instanceof SocketUnit declared ? socketStatus(declared, socket) : null,
                service != null ? serviceStatus(service) : null,
                lastWake(socket, service),
                directives,
                catalog.problems(name).stream().map(Problem::toString).toList(),
                unit == null
                        ? List.of()
                        : unit.refusals().stream().map(Problem::message).toList());
    }

    /** Its own start, or for a socket that of the service that it wakes; null before the first, and where each connection has its own. */
    private @Nullable WakeReport lastWake(@Nullable SocketActivation socket, @Nullable ServiceInstance service) {
        ServiceInstance woken = socket == null ? service : units.service(units.target(socket));
        return woken == null ? null : woken.view().lastWake();
    }

    private @Nullable Unit declared(UnitName name) {
        return units.catalog().find(name).orElse(null);
    }

    private List<String> triggers(SocketActivation socket) {
        return List.of(units.target(socket).toString());
    }

    private UnitFile file(UnitName name, @Nullable Unit unit) {
        UnitCatalog catalog = units.catalog();
        List<Path> sources = unit == null ? List.of() : unit.sources();
        return new UnitFile(
                allNames(name),
                unit == null ? name.toString() : unit.description(),
                unit == null ? List.of() : unit.get(UnitDirectives.DOCUMENTATION),
                catalog.state(name).toString(),
                fileState(name),
                sources.isEmpty() ? null : sources.get(0),
                sources.size() < 2 ? List.of() : sources.subList(1, sources.size()));
    }

    private List<String> allNames(UnitName name) {
        List<String> names = new ArrayList<>(List.of(name.toString()));
        units.catalog().aliases(name).forEach(alias -> names.add(alias.toString()));
        return names;
    }

    /** What is-enabled says: sockets start with the super-server unless disabled; services are started by their sockets. */
    private String fileState(UnitName name) {
        return switch (units.catalog().state(name)) {
            case MASKED -> "masked";
            case NOT_FOUND -> "not-found";
            case LOADED, BAD_SETTING, ERROR ->
                switch (name.type()) {
                    case SOCKET -> fileStates.isDisabled(name) ? "disabled" : "enabled";
                    case SERVICE, TARGET -> installState(name);
                };
        };
    }

    private String installState(UnitName name) {
        boolean isInstalled = units.catalog().relations().isListed(name.toString());
        if (isInstalled) {
            return "enabled";
        }
        boolean canBe = units.catalog()
                .find((name.isTemplate() ? name.withInstance("default") : name).toString())
                .map(Installer::hasInstall)
                .orElse(false);
        return !units.socketsOf(name).isEmpty() ? "indirect" : canBe ? "disabled" : "static";
    }

    private UnitState state(UnitName name, @Nullable SocketActivation socket, @Nullable ServiceInstance service) {
        Instant targetSince = units.jobs().targets().since(name);
        if (targetSince != null) {
            return new UnitState(ActiveState.ACTIVE, "active", RunResult.SUCCESS.word(), targetSince, null, null);
        }
        return socket != null ? state(socket) : service != null ? state(service) : untouched(name);
    }

    /** Of one without a machine, which can yet be held. */
    private UnitState untouched(UnitName name) {
        return new UnitState(
                ActiveState.INACTIVE, "dead", RunResult.SUCCESS.word(), null, waiting(name), null, order(name, null));
    }

    private UnitState state(SocketActivation socket) {
        Suspension rest = socket.suspension();
        boolean explains = switch (socket.state()) {
            case UNBOUND, FULL, QUIET, FAILED -> true;
            case CLOSED, LISTENING, TRIGGERED, HELD, SUSPENDED, REFUSING -> false;
            case START_PRE, START_POST, STOP_PRE, STOP_POST -> false;
        };
        return new UnitState(
                active(socket.state().activeState()),
                socket.state().subState(),
                socket.result().word(),
                socket.since(),
                rest != null ? rest.why() : explains ? socket.cause() : null,
                rest == null ? null : rest.until(),
                order(socket.name(), socket));
    }

    private UnitState state(ServiceInstance service) {
        InstanceView view = service.view();
        String waits = waiting(service.name());
        boolean isSystemd = service.unit().get(ActivatorDirectives.FAILURE_MODE) == FailureMode.SYSTEMD;
        RunResult result = isSystemd ? view.run().systemdsResult() : view.run().result();
        return new UnitState(
                active(view.state().activeState()),
                view.state().subState(),
                result.word(),
                view.since(),
                waits == null ? explanation(view) : waits,
                view.retryAt(),
                order(service.name(), null));
    }

    /** What a job of the unit waits for; null where none does. */
    private @Nullable String waiting(UnitName unit) {
        Jobs jobs = units.jobs().jobs();
        Job job = jobs.of(unit.toString());
        return job == null || job.isRunning()
                ? null
                : job.kind().word() + " waits for " + String.join(", ", jobs.waitsFor(job));
    }

    private static @Nullable String explanation(InstanceView view) {
        String text = view.run().failure().isEmpty() ? view.cause() : view.run().failure();
        return text.isEmpty() || view.state().isUp() ? null : text;
    }

    private static ActiveState active(String word) {
        return ActiveState.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static SocketStatus socketStatus(SocketUnit unit, @Nullable SocketActivation socket) {
        List<ListenerStatus> listeners = new ArrayList<>();
        if (socket != null) {
            socket.listeners().forEach(listener -> listeners.add(listenerStatus(listener)));
        }
        if (listeners.isEmpty()) {
            unit.listen()
                    .forEach(listen -> listeners.add(new ListenerStatus(
                            listen.address().toString(),
                            listen.kind().shown(),
                            unit.fdName(),
                            false,
                            0,
                            0,
                            -1,
                            -1,
                            -1)));
        }
        return socket == null
                ? new SocketStatus(listeners, unit.isAccepting(), 0, 0, 0, new TreeMap<>(), 0, null, 0)
                : new SocketStatus(
                        listeners,
                        unit.isAccepting(),
                        socket.connections().accepted(),
                        socket.connections().count(),
                        socket.connections().refused(),
                        socket.connections().refusedBy(),
                        socket.triggers(),
                        suspendedBy(socket.suspension()),
                        droppedPackets(socket));
    }

    private static @Nullable SuspendedBy suspendedBy(@Nullable Suspension rest) {
        return rest == null ? null : new SuspendedBy(rest.cause().word(), rest.attempt());
    }

    /** Only where a filter drops any: a queue that was full drops too. */
    private static long droppedPackets(SocketActivation socket) {
        boolean isFiltered = !socket.unit().takesConnections()
                && !AddressRules.of(socket.unit()).admitsAll();
        return !isFiltered
                ? 0
                : socket.listeners().stream()
                        .mapToLong(Listener::droppedPackets)
                        .filter(packets -> packets > 0)
                        .sum();
    }

    private static ListenerStatus listenerStatus(Listener listener) {
        return new ListenerStatus(
                listener.address(),
                listener.spec().kind().shown(),
                listener.fdName(),
                true,
                listener.backlog(),
                listener.effectiveBacklog(),
                listener.pendingConnections(),
                listener.mostPending(),
                listener.overflows());
    }

    private ServiceStatus serviceStatus(ServiceInstance service) {
        InstanceView view = service.view();
        Units.Served served = units.servedBy(service.name());
        String text = view.run().statusText();
        return new ServiceStatus(
                mainProcess(service, view.run()),
                ProcessReader.unread(service.processes().pids()),
                service.processes().cgroup().orElse(null),
                null,
                null,
                text.isEmpty() ? null : text,
                served == null ? null : served.peer(),
                (int) Math.min(view.restarts(), Integer.MAX_VALUE),
                view.state().isHeldStill() ? null : idle(units.idleWatch(service.name())),
                view.asleep().isEmpty() ? null : view.asleep());
    }

    private static @Nullable IdleStatus idle(@Nullable IdleWatch watch) {
        if (watch == null) {
            return null;
        }
        SleepPolicy policy = watch.policy();
        Observation last = watch.last();
        return new IdleStatus(
                policy.action().word(),
                micros(policy.timeout()),
                micros(watch.idleFor()),
                last == null ? "" : policy.evidence(last),
                last == null ? null : policy.usedBy(last),
                watch.keptAwakeBy(),
                watch.sleepsAt());
    }

    private static long micros(Duration time) {
        return TimeUnit.MICROSECONDS.convert(time);
    }

    /** What is ordered of the unit, or of the service that the socket wakes. */
    private @Nullable OrderStatus order(UnitName unit, @Nullable SocketActivation socket) {
        UnitName ordered = socket == null || units.orders().of(unit) != null ? unit : units.target(socket);
        StandingOrder order = units.orders().of(ordered);
        return order == null
                ? null
                : new OrderStatus(
                        order.kind().word(),
                        ordered.toString(),
                        order.reason(),
                        order.by(),
                        order.since(),
                        order.until());
    }

    private static @Nullable MainProcess mainProcess(ServiceInstance service, ServiceRun run) {
        Integer pid = service.processes().lastMainPid();
        if (pid == null) {
            return null;
        }
        ExitStatus status = run.mainStatus();
        if (status instanceof ExitStatus.Signaled signaled) {
            String code = signaled.coreDumped() ? "dumped" : "killed";
            return new MainProcess(
                    pid, "", null, run.mainExitedAt(), code, signaled.signal().number());
        }
        if (status instanceof ExitStatus.Exited exited) {
            return new MainProcess(pid, "", null, run.mainExitedAt(), "exited", exited.code());
        }
        if (status instanceof ExitStatus.NeverExecuted failed) {
            return new MainProcess(
                    pid, "", null, run.mainExitedAt(), "exited", failed.stage().code());
        }
        return new MainProcess(pid, "", null, run.mainExitedAt(), status == null ? null : "exited", 0);
    }

    static SortedMap<String, String> directives(Unit unit) {
        SortedMap<String, String> shown = new TreeMap<>();
        for (Directive<?> directive : DirectiveTable.of(unit.name().type()).all()) {
            shown.put(directive.name(), format(unit, directive));
        }
        return shown;
    }

    private static <T> String format(Unit unit, Directive<T> directive) {
        return directive.format(unit.get(directive));
    }
}
