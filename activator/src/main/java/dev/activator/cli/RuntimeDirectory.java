package dev.activator.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The directory that a super-server and its command line meet in. */
public final class RuntimeDirectory {
    /** The environment's variable that names it. */
    public static final String VARIABLE = "ACTIVATOR_RUNTIME";

    private RuntimeDirectory() {}

    /**
     * The one named on the command line, else by {@link #VARIABLE}, else {@code /run/activator} for root and
     * {@code $XDG_RUNTIME_DIR/activator} or {@code /tmp/activator-UID} for everybody else.
     */
    public static Path choose(@Nullable Path named, Map<String, String> environment) {
        String variable = environment.getOrDefault(VARIABLE, "");
        if (named != null) {
            return named.toAbsolutePath();
        }
        return variable.isEmpty()
                ? usual(environment, ownUid())
                : Path.of(variable).toAbsolutePath();
    }

    /** The super-server's control socket in its runtime directory. */
    public static Path socket(Path runtime) {
        return runtime.resolve("control.sock");
    }

    static Path usual(Map<String, String> environment, int uid) {
        if (uid == 0) {
            return Path.of("/run/activator");
        }
        String session = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        return session.isEmpty() ? shared(uid) : Path.of(session, "activator");
    }

    /** In the place that all users share: whoever uses it sees to it that nobody else has made it. */
    static Path shared(int uid) {
        return Path.of("/tmp/activator-" + Integer.toUnsignedString(uid));
    }

    static int ownUid() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException noProc) {
            throw new UncheckedIOException("finding out who runs this: /proc is not mounted", noProc);
        }
    }
}
