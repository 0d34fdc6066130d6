package dev.activator.handoff;

import dev.activator.listener.Errno;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where the host keeps the programs that exec chains are made of; looked up once. Immutable. */
final class HostTools {
    private static final List<Path> DIRECTORIES =
            List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/sbin"), Path.of("/sbin"));

    /** A program that a chain may need. */
    enum Tool {
        SH("dash or bash", "sh", false),
        NICE("coreutils", "nice", false),
        PRLIMIT("util-linux", "prlimit", true),
        SETPRIV("util-linux", "setpriv", true),
        ENV("coreutils", "env", false),
        BASH("bash", "bash", true),
        UNSHARE("util-linux", "unshare", true),
        MOUNT("util-linux", "mount", true),
        CHRT("util-linux", "chrt", true),
        TASKSET("util-linux", "taskset", true),
        IONICE("util-linux", "ionice", true);

        private final String shippedBy;
        private final String program;
        /** BusyBox has one of the same name that lacks what we use of it. */
        private final boolean mustBeOriginal;

        Tool(String shippedBy, String program, boolean mustBeOriginal) {
            this.shippedBy = shippedBy;
            this.program = program;
            this.mustBeOriginal = mustBeOriginal;
        }

        String program() {
            return program;
        }
    }

    private final Map<Tool, Path> paths;

    private HostTools(Map<Tool, Path> paths) {
        this.paths = paths;
    }

    static HostTools find() {
        return find(DIRECTORIES);
    }

    static HostTools find(List<Path> directories) {
        Map<Tool, Path> found = new EnumMap<>(Tool.class);
        for (Tool tool : Tool.values()) {
            directories.stream()
                    .map(directory -> directory.resolve(tool.program))
                    .filter(candidate -> fits(tool, candidate))
                    .findFirst()
                    .ifPresent(path -> found.put(tool, path));
        }
        return new HostTools(found);
    }

    private static boolean fits(Tool tool, Path candidate) {
        if (!Files.isExecutable(candidate)) {
            return false;
        }
        try {
            return !tool.mustBeOriginal || !candidate.toRealPath().endsWith("busybox");
        } catch (IOException vanished) {
            return false;
        }
    }

    /**
     * The path of a tool.
     *
     * @param stage what cannot be done without it
     * @param need what asks for it, {@code User=}
     */
    String path(Tool tool, LaunchStage stage, String need) throws LaunchFailure {
        Path path = paths.get(tool);
        if (path == null) {
            throw new LaunchFailure(
                    stage,
                    Errno.ENOENT,
                    need + " needs the program '" + tool.program + "' of " + tool.shippedBy
                            + ", which this host lacks");
        }
        return path.toString();
    }
}
