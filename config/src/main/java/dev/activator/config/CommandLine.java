package dev.activator.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One command of an Exec directive. systemd.service(5) "Command lines".
 *
 * @param path absolute path, or a bare file name that is searched for
 * @param rawArgs the argument vector from argv[0] on, before variables are expanded; never empty
 * @param ignoreFailure prefix {@code -}
 * @param explicitArgv0 prefix {@code @}: argv[0] is not the path
 * @param noExpansion prefix {@code :}: {@code $} is an ordinary character
 * @param privileges prefix {@code +} or {@code !}
 * @param viaShell prefix {@code |}: the arguments are run by the user's shell
 * @param text as it stands in the file
 */
public record CommandLine(
        String path,
        List<String> rawArgs,
        boolean ignoreFailure,
        boolean explicitArgv0,
        boolean noExpansion,
        Privileges privileges,
        boolean viaShell,
        String text) {

    /** With whose rights a command runs. */
    public enum Privileges {
        /** Those of User= and Group=. */
        UNIT,
        /** Those of the super-server, without any restriction of the unit; prefix {@code +}. */
        FULL,
        /** Those of the super-server's user, with the unit's other restrictions; prefix {@code !}. */
        NO_USER_SWITCH
    }

    public CommandLine {
        rawArgs = List.copyOf(rawArgs);
        if (rawArgs.isEmpty()) {
            throw new IllegalArgumentException("no argv[0] in '" + text + "'");
        }
    }

    // Written out: what a record has by itself is put together when it is first needed, while a client waits.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof CommandLine that
                        && path.equals(that.path)
                        && rawArgs.equals(that.rawArgs)
                        && ignoreFailure == that.ignoreFailure
                        && explicitArgv0 == that.explicitArgv0
                        && noExpansion == that.noExpansion
                        && privileges == that.privileges
                        && viaShell == that.viaShell
                        && text.equals(that.text));
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, rawArgs, ignoreFailure, explicitArgv0, noExpansion, privileges, viaShell, text);
    }

    /**
     * The argument vector with variables expanded: {@code ${X}} anywhere gives one word's part, {@code $X} alone gives as many words as the
     * value has, {@code $$} gives {@code $}; what is unset gives nothing.
     */
    public List<String> argv(Map<String, String> environment, SocketReferences.Sockets sockets) {
        if (noExpansion) {
            return rawArgs;
        }
        List<String> argv = new ArrayList<>(rawArgs.size());
        for (String raw : rawArgs) {
            String arg = SocketReferences.replace(raw, sockets);
            if (arg.startsWith("$") && !arg.startsWith("${") && !arg.startsWith("$$")) {
                argv.addAll(VariableExpansion.words(environment.getOrDefault(arg.substring(1), "")));
            } else {
                argv.add(VariableExpansion.expand(arg, environment));
            }
        }
        return argv;
    }

    @Override
    public String toString() {
        return text;
    }
}
