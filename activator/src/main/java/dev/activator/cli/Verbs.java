package dev.activator.cli;

import dev.activator.control.Verb;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** All verbs of the command line, in the groups that the help shows. */
final class Verbs {
    /** A heading of the help and the verbs below it. */
    record Group(String heading, List<String> verbs) {}

    static final List<Group> GROUPS = List.of(
            new Group("Run", List.of("run", "demo", "measure")),
            new Group("Check files", List.of("verify", "explain", "directives")),
            new Group(
                    "Look",
                    List.of(
                            "status",
                            "list-sockets",
                            "list-units",
                            "list-unit-files",
                            "list-dependencies",
                            "list-jobs",
                            "get-default",
                            "is-active",
                            "is-failed",
                            "is-enabled",
                            "show",
                            "cat",
                            "logs",
                            "top",
                            "events",
                            "activations",
                            "why",
                            "savings",
                            "advise",
                            "page")),
            new Group(
                    "Do",
                    List.of(
                            "start",
                            "stop",
                            "restart",
                            "reload",
                            "kill",
                            "reset-failed",
                            "hold",
                            "release",
                            "drain",
                            "wake",
                            "sleep",
                            "freeze",
                            "thaw",
                            "enable",
                            "disable",
                            "preset",
                            "mask",
                            "unmask",
                            "isolate",
                            "set-default",
                            "daemon-reload")),
            new Group("Shell", List.of("completion")));

    private Verbs() {}

    static CommandLine commandLine(Activator root) {
        CommandLine command = new CommandLine(root);
        addPlain(command, new Run(), new DemoTour(), new Measure(), new Verify(), new Explain(), new Directives());
        addPlain(
                command,
                new Status(),
                new ListSockets(),
                new ListUnits(),
                new ListUnitFiles(),
                new ListDependencies(),
                new ListJobs(),
                new GetDefault());
        addCheck(
                command, Check.Question.ACTIVE, "active", "0 if at least one is, else 3; 4 if no unit has such a name");
        addCheck(command, Check.Question.FAILED, "failed", "0 if at least one has, else 1");
        addCheck(
                command,
                Check.Question.ENABLED,
                "enabled",
                "0 if at least one is, else 1; 4 if no unit has such a name");
        addPlain(
                command,
                new Show(),
                new Cat(),
                new Logs(),
                new Top(),
                new Events(),
                new Activations(),
                new Why(),
                new Savings(),
                new Advise(),
                new Page());
        add(
                command,
                new Ask(Verb.START),
                "start",
                "Start units and wait until they are up.",
                "start web.socket 'db*.socket'");
        add(
                command,
                new Ask(Verb.STOP),
                "stop",
                "Stop units and wait until they are down. A service whose socket stays up starts again with the next connection.",
                "stop web.socket web.service");
        add(
                command,
                new Ask(Verb.RESTART),
                "restart",
                "Stop units and start them again; sockets keep listening.",
                "restart web");
        add(
                command,
                new Ask(Verb.RELOAD),
                "reload",
                "Have services read their own configuration again, ExecReload=.",
                "reload web");
        addPlain(command, new Kill(), new ResetFailed());
        addOrders(command);
        add(
                command,
                new AskNow(Verb.ENABLE),
                "enable",
                "Let units start with the super-server.",
                "enable --now web.socket");
        add(
                command,
                new AskNow(Verb.DISABLE),
                "disable",
                "Do not start units with the super-server.",
                "disable --now web.socket");
        add(
                command,
                new AskNow(Verb.PRESET),
                "preset",
                "Enable or disable units as the *.preset files in 'system-preset' beside the unit directories say.",
                "preset '*.socket'");
        add(
                command,
                new Ask(Verb.ISOLATE),
                "isolate",
                "Start a target and stop everything that it does not pull in; it must have AllowIsolate=yes.",
                "isolate maintenance.target");
        add(
                command,
                new Ask(Verb.SET_DEFAULT),
                "set-default",
                "Have the super-server start this target instead of every enabled socket; sockets.target undoes that.",
                "set-default app.target");
        add(command, new Ask(Verb.MASK), "mask", "Make it impossible to start units.", "mask web.service");
        add(command, new Ask(Verb.UNMASK), "unmask", "Undo mask.", "unmask web.service");
        addPlain(command, new DaemonReload(), new Completion());
        return command;
    }

    private static void addOrders(CommandLine command) {
        add(
                command,
                new Order(Verb.HOLD),
                "hold",
                "Have clients wait and start nothing. A service that is up goes on serving.",
                "hold web --for 10min --reason 'upgrade of nginx'");
        add(
                command,
                new Order(Verb.RELEASE),
                "release",
                "Let clients in again, undoing hold, drain, sleep, freeze or wake.",
                "release web");
        add(
                command,
                new Order(Verb.DRAIN),
                "drain",
                "Have services finish what is open, then stop; clients wait until release.",
                "drain web --reason 'upgrade of nginx' && activator release web");
        add(
                command,
                new Order(Verb.WAKE),
                "wake",
                "Start or thaw services without a client; with --for keep them awake that long.",
                "wake web --for 2h");
        add(
                command,
                new Order(Verb.SLEEP),
                "sleep",
                "Put services to sleep as IdleAction= says, unless they are in use; with --for have clients wait that long.",
                "sleep web");
        add(
                command,
                new Order(Verb.FREEZE),
                "freeze",
                "Have the processes of services stand still and clients wait until thaw.",
                "freeze web --for 5min");
        add(
                command,
                new Order(Verb.THAW),
                "thaw",
                "Have the processes of services run again; with --for keep them awake that long.",
                "thaw web");
    }

    /** One of the verbs, which must exist. */
    static CommandLine verb(CommandLine root, String name) {
        return Objects.requireNonNull(root.getSubcommands().get(name), name);
    }

    private static void addPlain(CommandLine command, Object... verbs) {
        for (Object verb : verbs) {
            command.addSubcommand(verb);
        }
    }

    private static void addCheck(CommandLine command, Check.Question question, String word, String statuses) {
        add(
                command,
                new Check(question),
                "is-" + word,
                "Say whether units are " + word + "; ends with " + statuses + ".",
                "is-" + word + " --quiet web.socket && echo yes");
    }

    private static void add(
            CommandLine command, Callable<Integer> verb, String name, String description, String example) {
        command.addSubcommand(name, verb);
        CommandSpec spec = verb(command, name).getCommandSpec();
        spec.usageMessage().description(description).footer("", "Example:", "  activator " + example);
    }
}
