package dev.activator.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a service sees of the host, which capabilities it can have, how it is scheduled; rows of [Service]. systemd.exec(5). */
public final class SandboxDirectives {
    private static final Rows ROWS = new Rows("Service");
    private static final ListOf<MountedPath> MOUNTS = ListOf.words(
            "[-]path[:path[:options]]",
            Words.Manner.QUOTED,
            (text, scope) -> mounted(text),
            MountedPath::toString,
            value -> Syntaxes.quotedWord(value.toString()));

    public static final Directive<Set<String>> CAPABILITY_BOUNDING_SET = ROWS.add(ROWS.row(
                    "CapabilityBoundingSet",
                    new CapabilitySyntax(),
                    new LinkedHashSet<>(Capabilities.NAMES),
                    "Capabilities that the service can have at all; none if empty.")
            .defaultFrom("all", settings -> new LinkedHashSet<>(Capabilities.NAMES)));
    public static final Directive<Set<String>> AMBIENT_CAPABILITIES = ROWS.add(
            "AmbientCapabilities",
            new CapabilitySyntax(),
            Set.of(),
            "Capabilities that the service has although its user has not.");

    public static final Directive<ProtectSystem> PROTECT_SYSTEM = ROWS.add(
            "ProtectSystem",
            wordOrBoolean(ProtectSystem.class, ProtectSystem.YES, ProtectSystem.NO),
            ProtectSystem.NO,
            "Makes parts of the file system read-only.");
    public static final Directive<ProtectHome> PROTECT_HOME = ROWS.add(
            "ProtectHome",
            wordOrBoolean(ProtectHome.class, ProtectHome.YES, ProtectHome.NO),
            ProtectHome.NO,
            "Hides home directories.");
    public static final Directive<List<String>> READ_ONLY_PATHS = paths("ReadOnlyPaths", "Paths that are read-only.");
    public static final Directive<List<String>> READ_WRITE_PATHS =
            paths("ReadWritePaths", "Paths that stay writable below read-only ones.");
    public static final Directive<List<String>> INACCESSIBLE_PATHS =
            paths("InaccessiblePaths", "Paths whose content cannot be seen.");
    public static final Directive<List<MountedPath>> BIND_PATHS =
            ROWS.add("BindPaths", MOUNTS, List.of(), "Paths that appear elsewhere as well, writable.");
    public static final Directive<List<MountedPath>> BIND_READ_ONLY_PATHS =
            ROWS.add("BindReadOnlyPaths", MOUNTS, List.of(), "Paths that appear elsewhere as well, read-only.");
    public static final Directive<List<MountedPath>> TEMPORARY_FILE_SYSTEM = ROWS.add(
            "TemporaryFileSystem",
            ListOf.words(
                    "path[:options]",
                    Words.Manner.QUOTED,
                    (text, scope) -> temporary(text),
                    MountedPath::toString,
                    value -> Syntaxes.quotedWord(value.toString())),
            List.of(),
            "Paths that are empty file systems in memory.");

    public static final Directive<Boolean> PRIVATE_TMP =
            flag("PrivateTmp", "Gives the service /tmp and /var/tmp of its own.");
    public static final Directive<Boolean> PRIVATE_DEVICES = ROWS.add(
            ROWS.row("PrivateDevices", Syntaxes.BOOLEAN, false, "Gives the service a /dev without real devices.")
                    .approximated(
                            "real devices are hidden and cannot be made; system calls for raw input and output are not filtered")
                    .harmlessIf(Harmless.NO));
    public static final Directive<Boolean> PRIVATE_MOUNTS =
            flag("PrivateMounts", "Keeps the service's mounts to itself.");
    public static final Directive<Boolean> PRIVATE_NETWORK = flag(
            "PrivateNetwork",
            "Gives the service a network of its own, with a loopback interface only; sockets that it is handed stay what they are.");
    public static final Directive<Boolean> PRIVATE_IPC =
            flag("PrivateIPC", "Gives the service System V IPC and message queues of its own.");
    public static final Directive<Boolean> PROTECT_HOSTNAME = ROWS.add(
            ROWS.row("ProtectHostname", Syntaxes.BOOLEAN, false, "Keeps changes of the host name to the service.")
                    .approximated("the service may change the name that it sees itself")
                    .harmlessIf(Harmless.NO));
    public static final Directive<Boolean> PROTECT_KERNEL_TUNABLES =
            flag("ProtectKernelTunables", "Makes /proc/sys, /sys and their like read-only.");
    public static final Directive<Boolean> PROTECT_KERNEL_MODULES = ROWS.add(ROWS.row(
                    "ProtectKernelModules", Syntaxes.BOOLEAN, false, "Refuses loading of kernel modules.")
            .approximated("the capability is taken away and /usr/lib/modules is hidden; system calls are not filtered")
            .harmlessIf(Harmless.NO));
    public static final Directive<Boolean> PROTECT_KERNEL_LOGS = ROWS.add(ROWS.row(
                    "ProtectKernelLogs", Syntaxes.BOOLEAN, false, "Hides the kernel's log.")
            .approximated("the capability is taken away and the log's files are hidden; system calls are not filtered")
            .harmlessIf(Harmless.NO));
    public static final Directive<Boolean> PROTECT_CLOCK =
            ROWS.add(ROWS.row("ProtectClock", Syntaxes.BOOLEAN, false, "Refuses changes of the clock.")
                    .approximated("the capabilities are taken away; system calls are not filtered")
                    .harmlessIf(Harmless.NO));
    public static final Directive<Boolean> PROTECT_CONTROL_GROUPS =
            ROWS.add("ProtectControlGroups", controlGroups(), false, "Makes control groups read-only.");

    public static final Directive<Boolean> DYNAMIC_USER = ROWS.add(ROWS.row(
                    "DynamicUser",
                    Syntaxes.BOOLEAN,
                    false,
                    "Runs the service as a user that exists only as long as it.")
            .approximated("the user is a number between 61184 and 65519 that the unit's name gives, and has no name; "
                    + "set-user-id files are not refused")
            .harmlessIf(Harmless.NO));

    public static final Directive<Optional<String>> CPU_SCHEDULING_POLICY = ROWS.add(
            "CPUSchedulingPolicy",
            Scalar.of("other|batch|idle|fifo|rr", (text, scope) -> policy(text), text -> text)
                    .resettable()
                    .optional(),
            Optional.empty(),
            "CPU scheduling policy.");
    public static final Directive<Integer> CPU_SCHEDULING_PRIORITY = ROWS.add(
            "CPUSchedulingPriority", Syntaxes.number(0, 99), 0, "Priority of the policies fifo and rr, 1 to 99.");
    public static final Directive<Boolean> CPU_SCHEDULING_RESET_ON_FORK =
            flag("CPUSchedulingResetOnFork", "Children get the usual scheduling.");
    public static final Directive<Optional<String>> IO_SCHEDULING_CLASS = ROWS.add(
            "IOSchedulingClass",
            Scalar.of("realtime|best-effort|idle|none|0..3", (text, scope) -> ioClass(text), text -> text)
                    .resettable()
                    .optional(),
            Optional.empty(),
            "I/O scheduling class.");
    public static final Directive<Integer> IO_SCHEDULING_PRIORITY =
            ROWS.add("IOSchedulingPriority", Syntaxes.number(0, 7), 4, "I/O priority within the class, 0 first.");
    public static final Directive<List<String>> CPU_AFFINITY = ROWS.add(
            "CPUAffinity",
            ListOf.words(
                    "processors", Words.Manner.PLAIN, (text, scope) -> processors(text), text -> text, text -> text),
            List.of(),
            "Processors that the service may use, as numbers and ranges.");

    static {
        ROWS.alias("ReadOnlyDirectories", "Old name of ReadOnlyPaths=.", List.of(READ_ONLY_PATHS));
        ROWS.alias("ReadWriteDirectories", "Old name of ReadWritePaths=.", List.of(READ_WRITE_PATHS));
        ROWS.alias("InaccessibleDirectories", "Old name of InaccessiblePaths=.", List.of(INACCESSIBLE_PATHS));
    }

    private SandboxDirectives() {}

    /** Rows whose values need a mount namespace. */
    private static Directive<List<String>> paths(String name, String doc) {
        return ROWS.add(
                name,
                ListOf.words(
                        "[-]absolute paths",
                        Words.Manner.QUOTED,
                        (text, scope) -> path(text),
                        text -> text,
                        Syntaxes::quotedWord),
                List.of(),
                doc);
    }

    private static Directive<Boolean> flag(String name, String doc) {
        return ROWS.add(name, Syntaxes.BOOLEAN, false, doc);
    }

    private static <E extends Enum<E> & Word> Scalar<E> wordOrBoolean(Class<E> type, E yes, E no) {
        Scalar<E> words = Syntaxes.word(type);
        return Scalar.of(
                        words.grammar(),
                        (text, scope) -> {
                            Optional<Boolean> flag = Syntaxes.flag(text);
                            return flag.isPresent()
                                    ? (flag.get() ? yes : no)
                                    : words.reader().read(text, scope);
                        },
                        Word::word)
                .resettable();
    }

    private static Scalar<Boolean> controlGroups() {
        return Scalar.of(
                "yes|no|private|strict",
                (text, scope) -> text.equals("private")
                        || text.equals("strict")
                        || Syntaxes.BOOLEAN.reader().read(text, scope),
                value -> value ? "yes" : "no");
    }

    /** A plus in front says that the path is meant below RootDirectory=, which is not applied. */
    private static String path(String text) throws BadValue {
        String plain = text.startsWith("+") ? text.substring(1) : text;
        boolean isOptional = plain.startsWith("-");
        plain = isOptional ? plain.substring(1) : plain;
        return (isOptional ? "-" : "") + Paths.absolute(plain.startsWith("+") ? plain.substring(1) : plain);
    }

    private static MountedPath mounted(String text) throws BadValue {
        boolean isOptional = text.startsWith("-");
        List<String> parts = parts(isOptional ? text.substring(1) : text);
        String source = Paths.absolute(parts.get(0));
        String target = parts.size() > 1 && !parts.get(1).isEmpty() ? Paths.absolute(parts.get(1)) : source;
        String options = parts.size() > 2 ? parts.get(2) : "";
        if (!options.isEmpty() && !options.equals("rbind") && !options.equals("norbind")) {
            throw BadValue.ignored("the only options are rbind and norbind");
        }
        return new MountedPath(source, target, isOptional, options);
    }

    private static MountedPath temporary(String text) throws BadValue {
        List<String> parts = parts(text);
        String options = parts.size() > 1 ? String.join(":", parts.subList(1, parts.size())) : "";
        if (!options.matches("[A-Za-z0-9_=,%.:+-]*")) {
            throw BadValue.ignored("options such as 'size=1M,mode=0700' are expected behind the colon");
        }
        return new MountedPath("", Paths.absolute(parts.get(0)), false, options);
    }

    /** At colons that have no backslash in front. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == ':') {
                part.append(text.charAt(++i));
            } else if (c == ':') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    private static String policy(String text) throws BadValue {
        if (!List.of("other", "batch", "idle", "fifo", "rr").contains(text)) {
            throw BadValue.ignored("expected one of other, batch, idle, fifo, rr");
        }
        return text;
    }

    private static String ioClass(String text) throws BadValue {
        List<String> names = List.of("none", "realtime", "best-effort", "idle");
        boolean isNumber = text.length() == 1 && text.charAt(0) >= '0' && text.charAt(0) <= '3';
        if (!isNumber && !names.contains(text)) {
            throw BadValue.ignored("expected one of realtime, best-effort, idle, none");
        }
        return isNumber ? names.get(text.charAt(0) - '0') : text;
    }

    static String processors(String text) throws BadValue {
        if (!text.matches("[0-9]{1,4}(-[0-9]{1,4})?(,[0-9]{1,4}(-[0-9]{1,4})?)*")) {
            throw BadValue.ignored("expected numbers and ranges such as 0 2-3");
        }
        return text;
    }

    /** Every row, old names included. */
    public static List<Directive<?>> all() {
        return ROWS.all();
    }
}
