package dev.activator.config;

import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The value syntaxes of what a process is given: limits, standard streams, directories, users. systemd.exec(5). */
final class ExecSyntaxes {
    static final Scalar<StandardInput> STANDARD_INPUT = new Scalar<>(
            "null|socket|tty|tty-force|tty-fail|data|file:path|fd[:name]",
            (text, scope) -> standardInput(scope.expandAll(text)),
            StandardInput::toString,
            value -> Specifiers.protect(value.toString()),
            false,
            true);

    static final Scalar<Integer> NICE = Syntaxes.number(-20, 19);

    static final Scalar<Optional<String>> USER = Scalar.expanded(
                    "user name or id", (text, scope) -> account(text), text -> text)
            .optional();

    static final ListOf<String> GROUPS = ListOf.words(
            "group names or ids",
            Words.Manner.QUOTED,
            (text, scope) -> account(text),
            text -> text,
            Syntaxes::quotedWord);

    static final Scalar<Optional<String>> FD_NAME =
            Scalar.expanded("name", (text, scope) -> fdName(text), text -> text).optional();

    static final Scalar<WorkingDirectory> WORKING_DIRECTORY = new Scalar<>(
            "[-]absolute path|~",
            (text, scope) -> workingDirectory(text, scope),
            WorkingDirectory::toString,
            value -> Specifiers.protect(value.toString()),
            true,
            true);

    static final ListOf<EnvironmentFile> ENVIRONMENT_FILE = new ListOf<>(
            "[-]absolute path",
            (text, scope) -> List.of(environmentFile(scope.expandAll(text))),
            EnvironmentFile::toString,
            value -> Specifiers.protect(value.toString()));

    static final ListOf<ServiceDirectory> DIRECTORIES = ListOf.words(
            "relative paths",
            Words.Manner.QUOTED,
            (text, scope) -> directory(text),
            ServiceDirectory::toString,
            value -> Syntaxes.quotedWord(value.toString()));

    private ExecSyntaxes() {}

    /** Where an output goes; {@code stream} is the descriptor name that a bare {@code fd} means. */
    static Scalar<StandardOutput> standardOutput(String stream) {
        return new Scalar<>(
                "inherit|null|journal|socket|tty|file:path|append:path|truncate:path|fd[:name]",
                (text, scope) -> output(scope.expandAll(text), stream),
                StandardOutput::toString,
                value -> Specifiers.protect(value.toString()),
                false,
                true);
    }

    private static StandardInput standardInput(String text) throws BadValue {
        if (text.startsWith("file:")) {
            return new StandardInput.File(Paths.absolute(text.substring(5)));
        }
        if (text.startsWith("fd:")) {
            return new StandardInput.Fd(text.length() == 3 ? "stdin" : fdName(text.substring(3)));
        }
        return switch (text) {
            case "null" -> new StandardInput.Null();
            case "socket" -> new StandardInput.Socket();
            case "tty" -> new StandardInput.Tty(StandardInput.Sharing.WAIT);
            case "tty-force" -> new StandardInput.Tty(StandardInput.Sharing.FORCE);
            case "tty-fail" -> new StandardInput.Tty(StandardInput.Sharing.FAIL);
            case "data" -> new StandardInput.Inline();
            case "fd" -> new StandardInput.Fd("stdin");
            default ->
                throw BadValue.ignored(
                        "expected one of " + STANDARD_INPUT.grammar().replace("|", ", "));
        };
    }

    private static StandardOutput output(String text, String stream) throws BadValue {
        for (StandardOutput.Mode mode : StandardOutput.Mode.values()) {
            if (text.startsWith(mode.word() + ":")) {
                return new StandardOutput.File(
                        Paths.absolute(text.substring(mode.word().length() + 1)), mode);
            }
        }
        if (text.startsWith("fd:")) {
            return new StandardOutput.Fd(text.length() == 3 ? stream : fdName(text.substring(3)));
        }
        return switch (text) {
            case "inherit" -> new StandardOutput.Inherit();
            case "null" -> new StandardOutput.Null();
            case "journal", "syslog" -> new StandardOutput.Journal();
            case "socket" -> new StandardOutput.Socket();
            case "tty" -> new StandardOutput.Tty();
            case "fd" -> new StandardOutput.Fd(stream);
            case "kmsg", "kmsg+console", "journal+console" -> new StandardOutput.JournalAnd(text);
            case "syslog+console" -> new StandardOutput.JournalAnd("journal+console");
            default ->
                throw BadValue.ignored(
                        "expected one of " + standardOutput(stream).grammar().replace("|", ", "));
        };
    }

    private static String fdName(String text) throws BadValue {
        boolean clean = text.chars().allMatch(c -> c >= ' ' && c < 127 && c != ':');
        if (!clean || text.isEmpty() || text.length() > 255) {
            throw BadValue.ignored("a descriptor name has 1..255 ASCII characters and no ':'");
        }
        return text;
    }

    private static String account(String text) throws BadValue {
        boolean clean = text.chars().allMatch(c -> c >= ' ' && c != 127 && c != ':' && c != '/');
        if (!clean || !text.equals(text.strip()) || text.isEmpty() || text.matches("-[0-9]+|\\.\\.?")) {
            throw BadValue.fatal("no user or group can have that name");
        }
        return text;
    }

    private static WorkingDirectory workingDirectory(String text, ValueScope scope) throws BadValue {
        boolean optional = text.startsWith("-");
        String path = optional ? text.substring(1) : text;
        if (path.equals("~")) {
            return new WorkingDirectory("~", optional);
        }
        try {
            return new WorkingDirectory(Paths.absolute(scope.expandAll(path)), optional);
        } catch (BadValue e) {
            throw optional ? e : BadValue.fatal(e.reason() + ", or '~' for the user's home directory");
        }
    }

    private static EnvironmentFile environmentFile(String text) throws BadValue {
        boolean optional = text.startsWith("-");
        return new EnvironmentFile(Paths.absolute(optional ? text.substring(1) : text), optional);
    }

    private static ServiceDirectory directory(String word) throws BadValue {
        String[] parts = word.split(":", 3);
        String path = Paths.relative(parts[0]);
        if (path.equals("private") || path.startsWith("private/")) {
            throw BadValue.ignored("must not be 'private'");
        }
        List<String> links = parts.length > 1 && !parts[1].isEmpty() ? List.of(Paths.relative(parts[1])) : List.of();
        if (parts.length == 3 && !parts[2].isEmpty() && !parts[2].equals("ro")) {
            throw BadValue.ignored("flags must be 'ro'");
        }
        return new ServiceDirectory(path, links, parts.length == 3 && !parts[2].isEmpty());
    }

    static Scalar<Optional<ResourceLimit>> limit(LimitName name) {
        String grammar = switch (name.unit()) {
            case COUNT -> "number";
            case BYTES -> "size";
            case SECONDS -> "time span";
            case MICROSECONDS -> "time span, microseconds";
            case NICE -> "number, +nice or -nice";
        };
        return Scalar.of(
                        "soft[:hard] " + grammar + ", or infinity",
                        (text, scope) -> limit(name, text),
                        ResourceLimit::toString)
                .optional();
    }

    private static ResourceLimit limit(LimitName name, String text) throws BadValue {
        String[] parts = text.split(":", -1);
        if (parts.length > 2) {
            throw BadValue.ignored("expected 'soft:hard'");
        }
        long soft = limitValue(name, parts[0]);
        long hard = parts.length == 1 ? soft : limitValue(name, parts[1]);
        if (Long.compareUnsigned(soft, hard) > 0) {
            throw BadValue.ignored("the soft limit must not be above the hard limit");
        }
        return new ResourceLimit(soft, hard);
    }

    private static long limitValue(LimitName name, String text) throws BadValue {
        if (text.strip().equals("infinity")) {
            return ResourceLimit.INFINITY;
        }
        return switch (name.unit()) {
            case COUNT -> Numbers.parse(text, 0, Long.MAX_VALUE);
            case BYTES -> Syntaxes.size(text);
            case SECONDS -> seconds(text);
            case MICROSECONDS -> microseconds(text);
            case NICE -> nice(text);
        };
    }

    private static long seconds(String text) throws BadValue {
        Duration span = Syntaxes.duration(text);
        return new java.math.BigDecimal(span.getSeconds())
                .add(java.math.BigDecimal.valueOf(span.getNano(), 9))
                .setScale(0, RoundingMode.UP)
                .longValueExact();
    }

    private static long microseconds(String text) throws BadValue {
        try {
            Duration span = TimeSpan.parse(text, 1);
            return span.getSeconds() * 1_000_000 + span.getNano() / 1000;
        } catch (IllegalArgumentException e) {
            throw BadValue.ignored(String.valueOf(e.getMessage()));
        }
    }

    /** The kernel counts 1 to 40 for nice 19 to -20. */
    private static long nice(String text) throws BadValue {
        if (text.startsWith("+")) {
            return 20 - Numbers.parse(text.substring(1), 0, 19);
        }
        return text.startsWith("-") ? 20 + Numbers.parse(text.substring(1), 0, 20) : Numbers.parse(text, 0, 40);
    }
}
