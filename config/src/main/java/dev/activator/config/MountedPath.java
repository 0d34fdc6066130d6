package dev.activator.config;

/**
 * Something that appears elsewhere for a service. systemd.exec(5) BindPaths=, TemporaryFileSystem=.
 *
 * @param source absolute; empty for an empty file system in memory
 * @param target absolute
 * @param optional whether it may be missing
 * @param options as of tmpfs(5), or {@code norbind}; may be empty
 */
public record MountedPath(String source, String target, boolean optional, String options) {
    /** As it is assigned. */
    @Override
    public String toString() {
        boolean isSame = source.equals(target) && options.isEmpty();
        String from = source.isEmpty() ? "" : (optional ? "-" : "") + part(source) + (isSame ? "" : ":");
        String to = isSame ? "" : part(target);
        return from + to + (options.isEmpty() ? "" : ":" + options);
    }

    /** A path as one part between colons: its own colons get a backslash, and a backslash at its end must not look like theirs. */
    private static String part(String path) {
        return path.replace(":", "\\:") + (path.endsWith("\\") ? "/" : "");
    }
}
