package dev.activator.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a process is given; rows of [Service]. systemd.exec(5). */
public final class ExecDirectives {
    private static final Rows ROWS = new Rows("Service");

    public static final Directive<Optional<String>> USER =
            ROWS.add("User", ExecSyntaxes.USER, Optional.empty(), "The user that runs the service.");
    public static final Directive<Optional<String>> GROUP =
            ROWS.add(ROWS.row("Group", ExecSyntaxes.USER, Optional.empty(), "The group that runs the service.")
                    .defaultFrom("the user's own group", settings -> Optional.empty()));
    public static final Directive<List<String>> SUPPLEMENTARY_GROUPS =
            ROWS.add("SupplementaryGroups", ExecSyntaxes.GROUPS, List.of(), "More groups, next to those of the user.");

    public static final Directive<Optional<WorkingDirectory>> WORKING_DIRECTORY = ROWS.add(
            "WorkingDirectory",
            ExecSyntaxes.WORKING_DIRECTORY.optional(),
            Optional.empty(),
            "Where the service starts; / by default.");
    public static final Directive<Integer> UMASK =
            ROWS.add("UMask", Syntaxes.MODE, 0022, "Access rights that new files do not get.");
    public static final Directive<Optional<Integer>> NICE = ROWS.add(
            "Nice", ExecSyntaxes.NICE.resettable().optional(), Optional.empty(), "Scheduling priority, -20 first.");
    public static final Directive<Optional<Integer>> OOM_SCORE_ADJUST = ROWS.add(
            "OOMScoreAdjust",
            Syntaxes.number(-1000, 1000).resettable().optional(),
            Optional.empty(),
            "How readily the kernel kills the service for lack of memory, -1000 never.");
    public static final Directive<Boolean> NO_NEW_PRIVILEGES = ROWS.add(
            "NoNewPrivileges",
            Syntaxes.BOOLEAN,
            false,
            "No program of the service can gain rights by set-user-id files.");
    public static final Directive<Boolean> IGNORE_SIGPIPE =
            ROWS.add("IgnoreSIGPIPE", Syntaxes.BOOLEAN, true, "Whether SIGPIPE is ignored.");

    public static final Directive<Map<String, String>> ENVIRONMENT =
            ROWS.add("Environment", new EnvironmentSyntax(), Map.of(), "Variables of the service.");
    public static final Directive<List<EnvironmentFile>> ENVIRONMENT_FILE = ROWS.add(
            "EnvironmentFile",
            ExecSyntaxes.ENVIRONMENT_FILE,
            List.of(),
            "Files with more variables, read before each start; they override Environment=.");
    public static final Directive<List<String>> PASS_ENVIRONMENT = ROWS.add(
            "PassEnvironment",
            ListOf.words(
                    "names", Words.Manner.QUOTED, (text, scope) -> variable(text), text -> text, Syntaxes::quotedWord),
            List.of(),
            "Variables of the super-server that the service gets too.");
    public static final Directive<List<String>> UNSET_ENVIRONMENT = ROWS.add(
            "UnsetEnvironment",
            ListOf.words(
                    "names, NAME=value",
                    Words.Manner.QUOTED,
                    (text, scope) -> variableOrPair(text),
                    text -> text,
                    Syntaxes::quotedWord),
            List.of(),
            "Variables that are taken away at last, by name or by name and value.");

    public static final Directive<List<String>> STANDARD_INPUT_DATA = ROWS.add(
            "StandardInputData",
            InputDataSyntax.DATA,
            List.of(),
            "What the service reads from descriptor 0, in base64.");

    static {
        ROWS.add(ROWS.row("StandardInputText", InputDataSyntax.TEXT, List.of(), "A line of what it reads there.")
                .storedIn(List.of(STANDARD_INPUT_DATA)));
    }

    public static final Directive<StandardInput> STANDARD_INPUT = ROWS.add(ROWS.row(
                    "StandardInput",
                    ExecSyntaxes.STANDARD_INPUT,
                    new StandardInput.Null(),
                    "What the service reads from descriptor 0; socket gives it the connection, or the one listening socket.")
            .relation(Relation.SUBSET)
            .defaultFrom(
                    "data with StandardInputText= or StandardInputData=",
                    settings -> settings.isSet(STANDARD_INPUT_DATA)
                            ? new StandardInput.Inline()
                            : new StandardInput.Null()));
    public static final Directive<StandardOutput> STANDARD_OUTPUT = ROWS.add(ROWS.row(
                    "StandardOutput",
                    ExecSyntaxes.standardOutput("stdout"),
                    new StandardOutput.Journal(),
                    "Where descriptor 1 goes; journal is the unit's log.")
            .relation(Relation.SUBSET)
            .defaultFrom("inherit with StandardInput=socket", ExecDirectives::defaultOutput));
    public static final Directive<StandardOutput> STANDARD_ERROR = ROWS.add(ROWS.row(
                    "StandardError",
                    ExecSyntaxes.standardOutput("stderr"),
                    new StandardOutput.Inherit(),
                    "Where descriptor 2 goes; inherit means where descriptor 1 goes.")
            .relation(Relation.SUBSET));
    public static final Directive<Optional<String>> SYSLOG_IDENTIFIER = ROWS.add(ROWS.row(
                    "SyslogIdentifier",
                    Syntaxes.STRING.optional(),
                    Optional.empty(),
                    "The name before each line in the log.")
            .unsupported("each unit has a log of its own, whose lines carry no name"));

    public static final Directive<List<ServiceDirectory>> RUNTIME_DIRECTORY =
            directories("RuntimeDirectory", "Directories below %t that are made for the service.");
    public static final Directive<Integer> RUNTIME_DIRECTORY_MODE =
            directoryMode("RuntimeDirectoryMode", "RuntimeDirectory");
    public static final Directive<List<ServiceDirectory>> STATE_DIRECTORY =
            directories("StateDirectory", "Directories below %S that are made for the service.");
    public static final Directive<Integer> STATE_DIRECTORY_MODE = directoryMode("StateDirectoryMode", "StateDirectory");
    public static final Directive<List<ServiceDirectory>> CACHE_DIRECTORY =
            directories("CacheDirectory", "Directories below %C that are made for the service.");
    public static final Directive<Integer> CACHE_DIRECTORY_MODE = directoryMode("CacheDirectoryMode", "CacheDirectory");
    public static final Directive<List<ServiceDirectory>> LOGS_DIRECTORY =
            directories("LogsDirectory", "Directories below %L that are made for the service.");
    public static final Directive<Integer> LOGS_DIRECTORY_MODE = directoryMode("LogsDirectoryMode", "LogsDirectory");
    public static final Directive<List<ServiceDirectory>> CONFIGURATION_DIRECTORY =
            directories("ConfigurationDirectory", "Directories below %E that are made for the service.");
    public static final Directive<Integer> CONFIGURATION_DIRECTORY_MODE =
            directoryMode("ConfigurationDirectoryMode", "ConfigurationDirectory");

    /** The row of each resource limit. */
    public static final Map<LimitName, Directive<Optional<ResourceLimit>>> LIMITS = limits();

    static {
        ExecDirectivesNotApplied.addTo(ROWS);
        HardeningDirectives.addTo(ROWS);
        ResourceDirectives.addTo(ROWS);
    }

    private ExecDirectives() {}

    private static Map<LimitName, Directive<Optional<ResourceLimit>>> limits() {
        Map<LimitName, Directive<Optional<ResourceLimit>>> limits = new EnumMap<>(LimitName.class);
        for (LimitName limit : LimitName.values()) {
            String doc = "Resource limit RLIMIT_" + limit + " of each process.";
            limits.put(limit, ROWS.add("Limit" + limit, ExecSyntaxes.limit(limit), Optional.empty(), doc));
        }
        return Collections.unmodifiableMap(limits);
    }

    private static Directive<List<ServiceDirectory>> directories(String name, String doc) {
        return ROWS.add(name, ExecSyntaxes.DIRECTORIES, List.of(), doc);
    }

    private static Directive<Integer> directoryMode(String name, String of) {
        return ROWS.add(name, Syntaxes.MODE, 0755, "Access mode of the directories of " + of + "=.");
    }

    /** As systemd: a service whose input is a socket or terminal writes to it too, unless told otherwise. */
    private static StandardOutput defaultOutput(Settings settings) {
        StandardInput input = settings.get(STANDARD_INPUT);
        boolean inherits = input instanceof StandardInput.Socket
                || input instanceof StandardInput.Tty
                || input instanceof StandardInput.Fd;
        return inherits ? new StandardOutput.Inherit() : new StandardOutput.Journal();
    }

    private static String variable(String text) throws BadValue {
        if (!EnvironmentSyntax.isName(text)) {
            throw BadValue.ignored("no variable can have that name");
        }
        return text;
    }

    private static String variableOrPair(String text) throws BadValue {
        int equals = text.indexOf('=');
        variable(equals < 0 ? text : text.substring(0, equals));
        return text;
    }

    /** Whether it is one of these rows, or of systemd.kill(5). */
    static boolean isOne(Directive<?> row) {
        return rows().contains(row) || KillDirectives.rows().contains(row);
    }

    static List<Directive<?>> rows() {
        List<Directive<?>> rows = new ArrayList<>(ROWS.all());
        rows.addAll(SandboxDirectives.all());
        rows.addAll(CgroupDirectives.all());
        return rows;
    }
}
