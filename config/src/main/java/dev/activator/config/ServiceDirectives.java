package dev.activator.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The rows of [Service] but for those of systemd.exec(5) and systemd.kill(5). systemd.service(5). */
public final class ServiceDirectives {
    private static final Rows ROWS = new Rows("Service");
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(90);

    public static final Directive<ServiceType> TYPE = ROWS.add(ROWS.row(
                    "Type", Syntaxes.word(ServiceType.class), ServiceType.SIMPLE, "When the service counts as started.")
            .relation(Relation.SUBSET)
            .defaultFrom("dbus with BusName=, oneshot without ExecStart=", ServiceDirectives::defaultType));

    public static final Directive<List<CommandLine>> EXEC_CONDITION =
            commands("ExecCondition", "Commands before all others; exit code 1..254 skips the start without failure.");
    public static final Directive<List<CommandLine>> EXEC_START_PRE =
            commands("ExecStartPre", "Commands before ExecStart=.");
    public static final Directive<List<CommandLine>> EXEC_START =
            commands("ExecStart", "The service's program; several only with Type=oneshot.");
    public static final Directive<List<CommandLine>> EXEC_START_POST =
            commands("ExecStartPost", "Commands after the service has started.");
    public static final Directive<List<CommandLine>> EXEC_RELOAD =
            commands("ExecReload", "Commands that make the service read its configuration again.");
    public static final Directive<List<CommandLine>> EXEC_STOP =
            commands("ExecStop", "Commands that ask the service to end; KillSignal= follows.");
    public static final Directive<List<CommandLine>> EXEC_STOP_POST =
            commands("ExecStopPost", "Commands after the service has ended, however it did.");

    public static final Directive<RestartPolicy> RESTART = ROWS.add(
            "Restart",
            Syntaxes.word(RestartPolicy.class),
            RestartPolicy.NO,
            "After which end the service is started again.");
    public static final Directive<Duration> RESTART_SEC =
            ROWS.add("RestartSec", Syntaxes.SPAN, Duration.ofMillis(100), "Pause before the service is started again.");
    public static final Directive<Integer> RESTART_STEPS = ROWS.add(
            "RestartSteps",
            Syntaxes.COUNT,
            0,
            "Steps in which the pause grows from RestartSec= to RestartMaxDelaySec=.");
    public static final Directive<Duration> RESTART_MAX_DELAY = ROWS.add(
            "RestartMaxDelaySec",
            Syntaxes.SPAN,
            TimeSpan.INFINITY,
            "Longest pause between restarts, with RestartSteps=.");
    public static final Directive<Duration> RESTART_RANDOMIZED_DELAY = ROWS.add(
            "RestartRandomizedDelaySec",
            Syntaxes.SPAN,
            Duration.ZERO,
            "Longest random time that a pause between restarts is longer.");
    public static final Directive<TimeoutFailureMode> TIMEOUT_START_FAILURE_MODE = ROWS.add(
            "TimeoutStartFailureMode",
            Syntaxes.word(TimeoutFailureMode.class),
            TimeoutFailureMode.TERMINATE,
            "How a start that takes too long is ended.");
    public static final Directive<TimeoutFailureMode> TIMEOUT_STOP_FAILURE_MODE = ROWS.add(
            "TimeoutStopFailureMode",
            Syntaxes.word(TimeoutFailureMode.class),
            TimeoutFailureMode.TERMINATE,
            "How a stop that takes too long is ended.");
    public static final Directive<List<OpenFile>> OPEN_FILE = ROWS.add(ROWS.row(
                    "OpenFile",
                    new ListOf<>(
                            "path[:name[:options]]",
                            (text, scope) -> List.of(OpenFile.parse(scope.expandAll(text))),
                            OpenFile::toString,
                            value -> Specifiers.protect(value.toString())),
                    List.of(),
                    "Files that are opened and passed to the service behind its sockets.")
            .relation(Relation.SUBSET));
    public static final Directive<ExitStatuses> SUCCESS_EXIT_STATUS = statuses(
            "SuccessExitStatus",
            "More exit codes and signals that count as success, next to 0, SIGHUP, SIGINT, SIGTERM and SIGPIPE.");
    public static final Directive<ExitStatuses> RESTART_PREVENT_EXIT_STATUS =
            statuses("RestartPreventExitStatus", "Ends after which the service is never started again by itself.");
    public static final Directive<ExitStatuses> RESTART_FORCE_EXIT_STATUS =
            statuses("RestartForceExitStatus", "Ends after which the service is always started again.");

    public static final Directive<Duration> TIMEOUT_START = ROWS.add(ROWS.row(
                    "TimeoutStartSec",
                    Syntaxes.LIMIT_SPAN,
                    DEFAULT_TIMEOUT,
                    "Longest time from launch to started; 0 for no limit.")
            .defaultFrom(
                    "infinity with Type=oneshot",
                    settings -> settings.get(TYPE) == ServiceType.ONESHOT ? TimeSpan.INFINITY : DEFAULT_TIMEOUT));
    public static final Directive<Duration> TIMEOUT_STOP = ROWS.add(
            "TimeoutStopSec",
            Syntaxes.LIMIT_SPAN,
            DEFAULT_TIMEOUT,
            "Longest time for each ExecStop= command, and then for KillSignal= to work; 0 for no limit.");
    public static final Directive<Duration> TIMEOUT_ABORT = ROWS.add(ROWS.row(
                    "TimeoutAbortSec",
                    Syntaxes.LIMIT_SPAN.resettable(),
                    DEFAULT_TIMEOUT,
                    "The same after WatchdogSignal=.")
            .defaultFrom("TimeoutStopSec=", settings -> settings.get(TIMEOUT_STOP)));
    public static final Directive<Duration> RUNTIME_MAX =
            ROWS.add("RuntimeMaxSec", Syntaxes.SPAN, TimeSpan.INFINITY, "Longest run of the service; it fails then.");

    static {
        ROWS.alias("TimeoutSec", "TimeoutStartSec= and TimeoutStopSec= at once.", List.of(TIMEOUT_START, TIMEOUT_STOP));
    }

    public static final Directive<Boolean> REMAIN_AFTER_EXIT = ROWS.add(
            "RemainAfterExit",
            Syntaxes.BOOLEAN,
            false,
            "The service counts as running when all its processes have ended.");
    public static final Directive<Optional<String>> PID_FILE = ROWS.add(
            "PIDFile",
            Scalar.expanded("path", (text, scope) -> pidFile(text, scope), text -> text)
                    .optional(),
            Optional.empty(),
            "The file with the pid of the main process, for Type=forking; relative to the runtime directory.");
    public static final Directive<Duration> WATCHDOG = ROWS.add(
            "WatchdogSec",
            Syntaxes.SPAN,
            Duration.ZERO,
            "Longest time between two WATCHDOG=1 notifications; 0 for no watchdog.");
    public static final Directive<NotifyAccess> NOTIFY_ACCESS = ROWS.add(ROWS.row(
                    "NotifyAccess", Syntaxes.word(NotifyAccess.class), NotifyAccess.NONE, "Whose notifications count.")
            .defaultFrom(
                    "main with Type=notify, Type=notify-reload or WatchdogSec=", ServiceDirectives::defaultAccess));
    public static final Directive<Integer> FILE_DESCRIPTOR_STORE_MAX = ROWS.add(
            "FileDescriptorStoreMax",
            Syntaxes.number(0, 4096),
            0,
            "How many descriptors the service may store with the manager; it gets them back at its next start.");
    public static final Directive<StorePreserve> FILE_DESCRIPTOR_STORE_PRESERVE = ROWS.add(
            "FileDescriptorStorePreserve",
            Syntaxes.word(StorePreserve.class),
            StorePreserve.RESTART,
            "When stored descriptors are kept: never, over restarts, or over stops as well.");
    public static final Directive<Signal> RELOAD_SIGNAL = ROWS.add(
            "ReloadSignal", Syntaxes.SIGNAL, Signal.HUP, "The signal that reloads a service with Type=notify-reload.");
    public static final Directive<List<UnitName>> SOCKETS = ROWS.add(
            "Sockets",
            ListOf.words(
                    "socket units",
                    Words.Manner.PLAIN,
                    (text, scope) -> socket(text),
                    UnitName::toString,
                    name -> Syntaxes.plainWord(name.toString())),
            List.of(),
            "More socket units whose descriptors the service gets.");
    public static final Directive<Boolean> NON_BLOCKING = ROWS.add(
            "NonBlocking", Syntaxes.BOOLEAN, false, "Whether the descriptors that the service gets do not block.");

    static {
        ROWS.alias(
                "StartLimitInterval",
                "Old place and name of [Unit] StartLimitIntervalSec=.",
                List.of(UnitDirectives.START_LIMIT_INTERVAL));
        ROWS.alias(
                "StartLimitBurst", "Old place of [Unit] StartLimitBurst=.", List.of(UnitDirectives.START_LIMIT_BURST));
        ServiceDirectivesNotApplied.addTo(ROWS);
    }

    private ServiceDirectives() {}

    private static Directive<List<CommandLine>> commands(String name, String doc) {
        return ROWS.add(name, new CommandSyntax(), List.of(), doc);
    }

    private static Directive<ExitStatuses> statuses(String name, String doc) {
        return ROWS.add(name, new ExitStatusSyntax(), ExitStatuses.NONE, doc);
    }

    private static ServiceType defaultType(Settings settings) {
        if (settings.isSet(ServiceDirectivesNotApplied.busName())) {
            return ServiceType.DBUS;
        }
        return settings.isSet(EXEC_START) ? ServiceType.SIMPLE : ServiceType.ONESHOT;
    }

    private static NotifyAccess defaultAccess(Settings settings) {
        ServiceType type = settings.get(TYPE);
        boolean notifies = type == ServiceType.NOTIFY
                || type == ServiceType.NOTIFY_RELOAD
                || !settings.get(WATCHDOG).isZero();
        return notifies ? NotifyAccess.MAIN : NotifyAccess.NONE;
    }

    private static String pidFile(String text, ValueScope scope) throws BadValue {
        return text.startsWith("/") ? Paths.withoutVarRun(Paths.absolute(text), scope) : Paths.relative(text);
    }

    private static UnitName socket(String text) throws BadValue {
        UnitName name = UnitName.parse(text);
        if (name == null || name.type() != UnitType.SOCKET || name.isTemplate()) {
            throw BadValue.ignored("expected the name of a socket unit, 'web.socket'");
        }
        return name;
    }

    static List<Directive<?>> rows() {
        return ROWS.all();
    }
}
