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
        String from = source.isEmpty() ? "" : (optional ? "-" : "") + source;
        boolean isSame = source.equals(target) && options.isEmpty();
        String to = source.isEmpty() ? target : isSame ? "" : ":" + target;
        return from + to + (options.isEmpty() ? "" : ":" + options);
    }
}
