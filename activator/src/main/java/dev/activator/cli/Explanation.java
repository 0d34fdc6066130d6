package dev.activator.cli;

import dev.activator.config.AccessDirectives;
import dev.activator.config.ActivatorDirectives;
import dev.activator.config.CgroupDirectives;
import dev.activator.config.CommandLine;
import dev.activator.config.Condition;
import dev.activator.config.Conditions;
import dev.activator.config.Dependency;
import dev.activator.config.Directive;
import dev.activator.config.ExecDirectives;
import dev.activator.config.FailureMode;
import dev.activator.config.HandoffDirectives;
import dev.activator.config.KillDirectives;
import dev.activator.config.LimitName;
import dev.activator.config.ListenAddress;
import dev.activator.config.ListenSocket;
import dev.activator.config.ResourceLimit;
import dev.activator.config.RestartPolicy;
import dev.activator.config.SandboxDirectives;
import dev.activator.config.ServiceDirectives;
import dev.activator.config.ServiceUnit;
import dev.activator.config.SleepDirectives;
import dev.activator.config.SocketDirectives;
import dev.activator.config.SocketKind;
import dev.activator.config.SocketUnit;
import dev.activator.config.StandardInput;
import dev.activator.config.StandardOutput;
import dev.activator.config.TargetUnit;
import dev.activator.config.TimeSpan;
import dev.activator.config.Traps;
import dev.activator.config.Unit;
import dev.activator.config.UnitCatalog;
import dev.activator.config.UnitDirectives;
import dev.activator.config.UnitName;
import dev.activator.config.WorkingDirectory;
import dev.activator.server.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What one unit comes to, in words: what is bound, what runs as whom with which descriptors, which limits hold. Pure. */
final class Explanation {
    /** The topic of what often surprises. */
    static final String MIND = "Mind";

    private static final int PRIVILEGED_PORTS = 1024;

    private final UnitCatalog catalog;
    private final int longestQueue;
    private final Map<String, List<String>> topics = new LinkedHashMap<>();

    private Explanation(UnitCatalog catalog, int longestQueue) {
        this.catalog = catalog;
        this.longestQueue = longestQueue;
    }

    /**
     * Sentences by topic, in the order in which things happen.
     *
     * @param longestQueue net.core.somaxconn
     */
    static Map<String, List<String>> of(Unit unit, UnitCatalog catalog, int longestQueue) {
        Explanation explanation = new Explanation(catalog, longestQueue);
        if (unit instanceof SocketUnit socket) {
            explanation.explain(socket);
        } else if (unit instanceof ServiceUnit service) {
            explanation.explain(service);
        } else if (unit instanceof TargetUnit) {
            explanation.say("Is", "a group of units, up as soon as what it pulls in is");
        }
        explanation.needs(unit);
        explanation.conditions(unit);
        unit.refusals().forEach(refusal -> explanation.say("Cannot start", refusal.message()));
        Traps.of(unit, catalog).forEach(trap -> explanation.say(MIND, trap));
        return explanation.topics;
    }

    private void say(String topic, String sentence) {
        topics.computeIfAbsent(topic, key -> new ArrayList<>()).add(sentence);
    }

    private void explain(SocketUnit socket) {
        socket.listen().forEach(listen -> say("Listens on", listener(socket, listen)));
        String service = socket.service().toString();
        if (socket.isAccepting()) {
            say("Then", "accepts each connection and starts an instance of " + service + " for it");
        } else if (socket.isPassing()) {
            int workers = socket.get(HandoffDirectives.WORKERS);
            say(
                    "Then",
                    "accepts each connection and passes it to " + service
                            + (workers > 1 ? ", up to " + workers + " of them, the least loaded first" : "")
                            + ", which is started when it does not run");
        } else {
            say(
                    "Then",
                    "leaves the connection in the queue and starts " + service
                            + ", which accepts it and all that follow");
        }
        limits(socket);
        access(socket);
        asleep(socket, List.of());
        say("If it fails", onFailure(socket));
    }

    private String listener(SocketUnit socket, ListenSocket listen) {
        String text = what(listen) + " " + listen.address() + ", descriptor name \"" + socket.fdName() + "\"";
        if (listen.kind() != SocketKind.FIFO && listen.kind() != SocketKind.DATAGRAM) {
            int wanted = socket.get(SocketDirectives.BACKLOG);
            boolean isCapped = Integer.compareUnsigned(wanted, longestQueue) > 0;
            text += ", backlog " + (isCapped ? longestQueue + ", all that net.core.somaxconn allows" : wanted);
        }
        if (listen.address() instanceof ListenAddress.UnixPath || listen.kind() == SocketKind.FIFO) {
            text += String.format(
                    ", mode %04o, owner %s:%s",
                    socket.get(SocketDirectives.SOCKET_MODE),
                    socket.get(SocketDirectives.SOCKET_USER).orElse("the super-server's user"),
                    socket.get(SocketDirectives.SOCKET_GROUP).orElse("its group"));
        }
        int port = listen.address().internetPort();
        return port > 0 && port < PRIVILEGED_PORTS
                ? text + "; below " + PRIVILEGED_PORTS + ", so root or CAP_NET_BIND_SERVICE is needed"
                : text;
    }

    private static String what(ListenSocket listen) {
        boolean isUnix = listen.address() instanceof ListenAddress.UnixPath
                || listen.address() instanceof ListenAddress.UnixAbstract;
        return switch (listen.kind()) {
            case STREAM -> isUnix ? "Unix stream socket" : "TCP";
            case DATAGRAM -> isUnix ? "Unix datagram socket" : "UDP";
            case SEQPACKET -> "Unix packet socket";
            case FIFO -> "FIFO";
            case SPECIAL, NETLINK, MESSAGE_QUEUE, USB_FUNCTION -> listen.kind().shown();
        };
    }

    private void limits(SocketUnit socket) {
        if (socket.takesConnections() && socket.mostConnections() < Integer.MAX_VALUE) {
            int perSource = socket.get(SocketDirectives.MAX_CONNECTIONS_PER_SOURCE);
            say(
                    "Limits",
                    "at most " + count(socket.mostConnections(), "connection") + " at a time"
                            + (perSource > 0 && socket.isSet(SocketDirectives.MAX_CONNECTIONS_PER_SOURCE)
                                    ? ", " + perSource + " of one source"
                                    : "")
                            + ", and beyond that OnLimit="
                            + AccessDirectives.ON_LIMIT.format(socket.get(AccessDirectives.ON_LIMIT)));
        }
        socket.get(AccessDirectives.CONNECTION_RATE)
                .ifPresent(rate -> say("Limits", "at most " + rate + " connections; the others wait"));
        socket.get(AccessDirectives.MAX_LOAD)
                .ifPresent(load -> say("Limits", "nothing is woken while the load average is above " + load));
    }

    private void access(SocketUnit socket) {
        rules(socket, AccessDirectives.ALLOW_FROM, "lets in only ");
        rules(socket, AccessDirectives.DENY_FROM, "keeps out ");
        if (!socket.get(AccessDirectives.ACCESS_TIMES).isAlways()) {
            say("Access", "only " + socket.get(AccessDirectives.ACCESS_TIMES));
        }
    }

    private <T> void rules(SocketUnit socket, Directive<List<T>> row, String verb) {
        if (!socket.get(row).isEmpty()) {
            say("Access", verb + row.format(socket.get(row)));
        }
    }

    private static String onFailure(SocketUnit socket) {
        return socket.get(ActivatorDirectives.FAILURE_MODE) == FailureMode.SYSTEMD
                ? "the socket closes for good once the start limit is hit, as under systemd (FailureMode=systemd)"
                : "the socket stays open, clients wait, and the next try comes later each time, at most "
                        + span(socket.get(ActivatorDirectives.BACKOFF_MAX)) + " later";
    }

    private void explain(ServiceUnit service) {
        List<SocketUnit> sockets = catalog.socketsOf(service.name());
        for (SocketUnit socket : sockets) {
            say("Started by", socket.name() + (socket.isAccepting() ? ", once for each connection" : ""));
        }
        commands("First", service, ServiceDirectives.EXEC_CONDITION, " decides whether it starts");
        commands("First", service, ServiceDirectives.EXEC_START_PRE, "");
        commands("Runs", service, ServiceDirectives.EXEC_START, "");
        say("As", who(service));
        say("In", where(service));
        settings("Confined", service, SandboxDirectives.all());
        descriptors(service, sockets);
        say("Is up", ready(service));
        commands("Then", service, ServiceDirectives.EXEC_START_POST, "");
        restart(service);
        stop(service);
        asleep(service, sockets);
        limits(service);
    }

    private void commands(String topic, ServiceUnit service, Directive<List<CommandLine>> row, String after) {
        for (CommandLine command : service.get(row)) {
            String rights = switch (command.privileges()) {
                case UNIT -> "";
                case FULL -> ", with the super-server's rights and none of the unit's restrictions";
                case NO_USER_SWITCH -> ", as the super-server's user";
            };
            say(
                    topic,
                    Printable.line(String.join(" ", command.rawArgs()))
                            + after
                            + rights
                            + (command.ignoreFailure() ? "; a failure does not matter" : ""));
        }
    }

    private static String who(ServiceUnit service) {
        String user =
                service.get(ExecDirectives.USER).map(name -> "user " + name).orElse("the super-server's user");
        String group =
                service.get(ExecDirectives.GROUP).map(name -> ", group " + name).orElse("");
        List<String> more = service.get(ExecDirectives.SUPPLEMENTARY_GROUPS);
        return user
                + group
                + (more.isEmpty() ? "" : ", with the groups " + String.join(", ", more))
                + (service.get(ExecDirectives.NO_NEW_PRIVILEGES)
                        ? ", and cannot gain rights by set-user-id files"
                        : "");
    }

    private static String where(ServiceUnit service) {
        WorkingDirectory directory =
                service.get(ExecDirectives.WORKING_DIRECTORY).orElse(new WorkingDirectory("/", false));
        return String.format("directory %s, umask %04o", directory, service.get(ExecDirectives.UMASK));
    }

    private void descriptors(ServiceUnit service, List<SocketUnit> sockets) {
        boolean isAccepting = sockets.stream().anyMatch(SocketUnit::isAccepting);
        StandardInput input = service.get(ExecDirectives.STANDARD_INPUT);
        boolean isStdin = input instanceof StandardInput.Socket;
        String socket = isAccepting ? "the connection" : "the listening socket";
        say("Descriptors", "0 is " + (isStdin ? socket : input(input)));
        String output = output(service.get(ExecDirectives.STANDARD_OUTPUT), "what 0 is");
        say("Descriptors", "1 is " + output);
        say("Descriptors", "2 is " + output(service.get(ExecDirectives.STANDARD_ERROR), output));
        if (isStdin) {
            return;
        }
        int number = 3;
        for (SocketUnit each : handed(service, sockets)) {
            if (each.isAccepting()) {
                say("Descriptors", number + " is the connection, named \"" + each.fdName() + "\" (LISTEN_FDS=1)");
            } else if (each.isPassing()) {
                say("Descriptors", "connections come through the socket that HANDOFF_SOCKET names");
            } else {
                for (ListenSocket listen : each.listen()) {
                    say(
                            "Descriptors",
                            number++ + " is " + what(listen) + " " + listen.address() + ", named \"" + each.fdName()
                                    + "\"");
                }
            }
        }
        if (number > 3) {
            say("Descriptors", "LISTEN_FDS=" + (number - 3) + " and LISTEN_PID tell it of them");
        }
    }

    /** Those that wake it, and those of Sockets=. */
    private List<SocketUnit> handed(ServiceUnit service, List<SocketUnit> sockets) {
        List<SocketUnit> handed = new ArrayList<>(sockets);
        for (UnitName name : service.get(ServiceDirectives.SOCKETS)) {
            catalog.socket(name).filter(Predicate.not(handed::contains)).ifPresent(handed::add);
        }
        return handed;
    }

    private static String input(StandardInput input) {
        if (input instanceof StandardInput.File file) {
            return "the file " + file.path();
        }
        return input instanceof StandardInput.Fd fd ? "the descriptor named \"" + fd.name() + "\"" : "/dev/null";
    }

    private static String output(StandardOutput output, String inherited) {
        if (output instanceof StandardOutput.File file) {
            return "the file " + file.path();
        }
        if (output instanceof StandardOutput.Null) {
            return "/dev/null";
        }
        if (output instanceof StandardOutput.Socket) {
            return "the socket";
        }
        if (output instanceof StandardOutput.Fd fd) {
            return "the descriptor named \"" + fd.name() + "\"";
        }
        return output instanceof StandardOutput.Inherit ? inherited : "the unit's log";
    }

    private static String ready(ServiceUnit service) {
        String limit = span(service.get(ServiceDirectives.TIMEOUT_START));
        String patience = limit.equals("infinity") ? "" : ", within " + limit;
        return switch (service.get(ServiceDirectives.TYPE)) {
            case SIMPLE, IDLE, DBUS -> "as soon as there is a process; clients wait in the queue until it accepts them";
            case EXEC -> "once its program was executed" + patience;
            case FORKING -> "once the process that was started has ended and left a daemon" + patience;
            case ONESHOT -> "once its commands have ended" + patience;
            case NOTIFY, NOTIFY_RELOAD -> "once it says READY=1 on the notify socket" + patience;
        };
    }

    private void restart(ServiceUnit service) {
        boolean isOfConnection = catalog.socketsOf(service.name()).stream().anyMatch(SocketUnit::isAccepting);
        if (isOfConnection) {
            say("When it ends", "its connection has ended, too; it is not started again");
            return;
        }
        RestartPolicy policy = service.get(ServiceDirectives.RESTART);
        if (policy == RestartPolicy.NO) {
            say("When it ends", "it stays away until somebody comes; " + startLimit(service));
        } else {
            say(
                    "When it ends",
                    "it is started again after " + span(service.get(ServiceDirectives.RESTART_SEC)) + " (Restart="
                            + policy.word() + "); " + startLimit(service));
        }
    }

    private static String startLimit(ServiceUnit service) {
        return Limits.hasStart(service)
                ? "at most " + service.get(UnitDirectives.START_LIMIT_BURST) + " starts in "
                        + span(service.get(UnitDirectives.START_LIMIT_INTERVAL))
                : "after a failure the next start comes later each time, at most "
                        + span(service.get(ActivatorDirectives.BACKOFF_MAX)) + " later";
    }

    private void stop(ServiceUnit service) {
        commands("To stop it", service, ServiceDirectives.EXEC_STOP, "");
        say(
                "To stop it",
                service.get(KillDirectives.KILL_SIGNAL) + " to " + whom(service)
                        + (service.get(KillDirectives.SEND_SIGKILL)
                                ? ", after " + span(service.get(ServiceDirectives.TIMEOUT_STOP)) + " "
                                        + service.get(KillDirectives.FINAL_KILL_SIGNAL)
                                : ", and no more"));
        commands("To stop it", service, ServiceDirectives.EXEC_STOP_POST, " afterwards");
    }

    private static String whom(ServiceUnit service) {
        return switch (service.get(KillDirectives.KILL_MODE)) {
            case CONTROL_GROUP -> "all its processes";
            case MIXED, PROCESS -> "its main process";
            case NONE -> "nobody";
        };
    }

    private void asleep(Unit unit, List<SocketUnit> sockets) {
        Duration timeout = unit.get(SleepDirectives.IDLE_TIMEOUT);
        for (SocketUnit socket : sockets) {
            boolean isShorter = socket.get(SleepDirectives.IDLE_TIMEOUT).compareTo(timeout) < 0;
            timeout = !unit.isSet(SleepDirectives.IDLE_TIMEOUT) && isShorter
                    ? socket.get(SleepDirectives.IDLE_TIMEOUT)
                    : timeout;
        }
        if (!timeout.equals(TimeSpan.INFINITY)) {
            String what = unit.get(SleepDirectives.IDLE_ACTION).word();
            say("Sleeps", "after " + span(timeout) + " in which nobody uses it (IdleAction=" + what + ")");
        } else if (unit instanceof ServiceUnit
                && !sockets.isEmpty()
                && !sockets.get(0).isAccepting()) {
            say("Sleeps", "never by itself; IdleTimeoutSec= in [X-Activator] changes that");
        }
    }

    private void limits(ServiceUnit service) {
        Map<LimitName, ResourceLimit> limits = service.limits();
        if (!limits.containsKey(LimitName.NOFILE)) {
            say("Limits", "1024 open files, which it may raise to 524288");
        }
        limits.forEach((name, limit) -> say("Limits", "RLIMIT_" + name + " " + limit));
        settings("Limits", service, CgroupDirectives.all());
        Duration most = service.get(ServiceDirectives.RUNTIME_MAX);
        if (!most.equals(TimeSpan.INFINITY)) {
            say("Limits", "it is stopped after " + span(most));
        }
        Duration watchdog = service.get(ServiceDirectives.WATCHDOG);
        if (!watchdog.isZero() && !watchdog.equals(TimeSpan.INFINITY)) {
            say(
                    "Limits",
                    "it must say WATCHDOG=1 every " + span(watchdog) + ", or it is ended with "
                            + service.get(KillDirectives.WATCHDOG_SIGNAL));
        }
    }

    /** Those that are set to something else than their defaults, as they would be assigned. */
    private void settings(String topic, Unit unit, List<Directive<?>> rows) {
        for (Directive<?> row : rows) {
            if (unit.isSet(row)) {
                setting(topic, unit, row);
            }
        }
    }

    private <T> void setting(String topic, Unit unit, Directive<T> row) {
        T value = unit.get(row);
        // Old names stand for rows that are listed themselves.
        boolean isOwn = unit.settings().directives().contains(row);
        if (isOwn && !value.equals(row.defaultValue())) {
            say(topic, row + row.format(value));
        }
    }

    private void needs(Unit unit) {
        Map<Dependency, Set<String>> relations =
                catalog.relations().of(unit.name().toString());
        Set<String> first = new TreeSet<>(relations.getOrDefault(Dependency.AFTER, Set.of()));
        catalog.socketsOf(unit.name()).forEach(socket -> first.add(socket.name().toString()));
        for (Dependency kind : List.of(
                Dependency.REQUIRES, Dependency.BINDS_TO, Dependency.REQUISITE, Dependency.WANTS, Dependency.UPHOLDS)) {
            Set<String> others = new TreeSet<>(relations.getOrDefault(kind, Set.of()));
            for (String other : others) {
                String order = first.contains(other) ? ", which starts first" : "";
                String absent = catalog.relations().isTakenAsUp(other) ? ", which is taken as up" : order;
                say("Needs", kind.word() + " " + other + absent);
            }
        }
        for (String other : relations.getOrDefault(Dependency.CONFLICTS, Set.of())) {
            if (catalog.relations().isKnown(other) && !catalog.relations().isTakenAsUp(other)) {
                say("Needs", other + " is stopped when it starts (Conflicts=)");
            }
        }
    }

    private void conditions(Unit unit) {
        for (Condition condition : Conditions.of(unit)) {
            say("Only if", String.valueOf(condition));
        }
    }

    private static String span(Duration span) {
        return TimeSpan.format(span);
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
