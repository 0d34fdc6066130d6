package dev.activator.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Command lines of the Exec directives. systemd.service(5) "Command lines". */
record CommandSyntax() implements ValueSyntax<List<CommandLine>> {
    @Override
    public String grammar() {
        return "[-@:+!|]program [argument…]";
    }

    @Override
    public boolean isList() {
        return true;
    }

    @Override
    public List<CommandLine> parse(@Nullable List<CommandLine> soFar, String text, ValueScope scope) throws BadValue {
        List<CommandLine> all = new ArrayList<>(1);
        if (soFar != null) {
            all.addAll(soFar);
        }
        Words words = new Words(text, Words.Manner.COMMAND);
        while (!words.atEnd()) {
            if (!words.takes(";")) {
                all.add(command(words, text, scope));
            }
        }
        if (words.wrongEscape() != null) {
            scope.note(0, "unknown escape '" + words.wrongEscape() + "' is taken as it stands");
        }
        return List.copyOf(all);
    }

    private static CommandLine command(Words words, String text, ValueScope scope) throws BadValue {
        String first = words.next();
        int start = words.start();
        Prefixes prefixes = new Prefixes();
        String program = prefixes.strip(first == null ? "" : first);
        try {
            List<String> args = new ArrayList<>();
            String path = "/bin/sh";
            if (prefixes.viaShell) {
                args.add(prefixes.explicitArgv0 ? "-sh" : "sh");
                if (!program.isEmpty()) {
                    args.add(program);
                }
            } else {
                path = program(scope.expand(program));
                if (!prefixes.explicitArgv0) {
                    args.add(path);
                }
            }
            int end = arguments(words, args, scope);
            if (args.isEmpty()) {
                throw BadValue.fatal("'@' needs argv[0] behind the program");
            }
            String own = text.substring(start, end);
            return prefixes.commandLine(path, args, own.equals(path) ? path : own);
        } catch (BadValue e) {
            throw prefixes.ignoreFailure ? BadValue.ignored(e.reason()) : BadValue.fatal(e.reason());
        }
    }

    /** Adds the arguments of one command; where the last of them ends, or the program if there is none. */
    private static int arguments(Words words, List<String> args, ValueScope scope) throws BadValue {
        int end = words.position();
        while (!words.atEnd() && !words.isAt(";")) {
            if (words.takes("\\;")) {
                args.add(";");
            } else {
                String word = words.next();
                args.add(word == null ? "" : scope.expand(word));
            }
            end = words.position();
        }
        return end;
    }

    private static String program(String path) throws BadValue {
        if (path.isEmpty()) {
            throw BadValue.fatal("names no program");
        }
        if (Paths.hasControls(path)) {
            throw BadValue.fatal("program must not contain control characters");
        }
        if (path.endsWith("/") || path.endsWith("/.") || path.endsWith("/..")) {
            throw BadValue.fatal("program '" + Quoted.shorten(path) + "' is a directory");
        }
        if ((!path.startsWith("/") && path.indexOf('/') >= 0) || path.equals(".") || path.equals("..")) {
            throw BadValue.fatal("program '" + Quoted.shorten(path)
                    + "' must be an absolute path, or a file name without '/' that is searched for");
        }
        return Paths.simplify(path);
    }

    @Override
    public boolean isNothing(List<CommandLine> value) {
        return value.isEmpty();
    }

    @Override
    public List<String> assignments(List<CommandLine> value) {
        return value.stream().map(CommandSyntax::assignment).toList();
    }

    /** Blanks at the end of a line do not count; one that belongs to an escape is kept by a separator behind it. */
    private static String assignment(CommandLine command) {
        String text = command.text();
        return UnitFileReader.strip(text).length() < text.length() ? text + " ;" : text;
    }

    @Override
    public String show(List<CommandLine> value) {
        return value.stream().map(CommandLine::text).collect(Collectors.joining(" ; "));
    }

    /** The characters in front of a program, in any order. */
    private static final class Prefixes {
        private boolean ignoreFailure;
        private boolean explicitArgv0;
        private boolean noExpansion;
        private boolean viaShell;
        private boolean ambient;
        private CommandLine.Privileges privileges = CommandLine.Privileges.UNIT;

        String strip(String word) {
            int i = 0;
            while (i < word.length() && take(word.charAt(i))) {
                i++;
            }
            return word.substring(i);
        }

        private boolean take(char c) {
            boolean before;
            switch (c) {
                case '-' -> {
                    before = ignoreFailure;
                    ignoreFailure = true;
                }
                case '@' -> {
                    before = explicitArgv0;
                    explicitArgv0 = true;
                }
                case ':' -> {
                    before = noExpansion;
                    noExpansion = true;
                }
                case '|' -> {
                    before = viaShell;
                    viaShell = true;
                }
                case '+' -> {
                    before = privileges != CommandLine.Privileges.UNIT || ambient;
                    privileges = before ? privileges : CommandLine.Privileges.FULL;
                }
                case '!' -> before = !takeBang();
                default -> before = true;
            }
            return !before;
        }

        /** {@code !} keeps the user, {@code !!} meant ambient capabilities once and means nothing now. */
        private boolean takeBang() {
            if (ambient || privileges == CommandLine.Privileges.FULL) {
                return false;
            }
            ambient = privileges == CommandLine.Privileges.NO_USER_SWITCH;
            privileges = ambient ? CommandLine.Privileges.UNIT : CommandLine.Privileges.NO_USER_SWITCH;
            return true;
        }

        CommandLine commandLine(String path, List<String> args, String text) {
            return new CommandLine(path, args, ignoreFailure, explicitArgv0, noExpansion, privileges, viaShell, text);
        }
    }
}
