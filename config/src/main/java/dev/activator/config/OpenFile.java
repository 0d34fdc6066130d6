package dev.activator.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that is opened for a service and passed to it. systemd.service(5) OpenFile=.
 *
 * @param path absolute
 * @param fdName its name in LISTEN_FDNAMES; empty for the last part of the path
 * @param access what the service may do
 * @param isGraceful whether it may be missing
 */
public record OpenFile(String path, String fdName, Access access, boolean isGraceful) {
    /** How it is opened. */
    public enum Access {
        READ_WRITE(""),
        READ_ONLY("read-only"),
        APPEND("append"),
        TRUNCATE("truncate");

        private final String word;

        Access(String word) {
            this.word = word;
        }
    }

    /** Its name as it is passed. */
    public String name() {
        return fdName.isEmpty() ? path.substring(path.lastIndexOf('/') + 1) : fdName;
    }

    static OpenFile parse(String text) throws BadValue {
        String[] parts = text.split(":", 3);
        Access access = Access.READ_WRITE;
        boolean isGraceful = false;
        for (String option : parts.length < 3 ? new String[0] : parts[2].split(",", -1)) {
            Access named = named(option);
            if (option.equals("graceful")) {
                isGraceful = true;
            } else if (named == null || access != Access.READ_WRITE) {
                throw BadValue.ignored("options are graceful and one of read-only, append, truncate");
            } else {
                access = named;
            }
        }
        String name = parts.length > 1 ? parts[1] : "";
        if (!name.matches("[^\\x00-\\x20:]{0,255}")) {
            throw BadValue.ignored("'" + Quoted.shorten(name) + "' cannot be the name of a descriptor");
        }
        return new OpenFile(Paths.absolute(parts[0]), name, access, isGraceful);
    }

    private static @Nullable Access named(String word) {
        for (Access access : Access.values()) {
            if (!access.word.isEmpty() && access.word.equals(word)) {
                return access;
            }
        }
        return null;
    }

    /** As it is assigned. */
    @Override
    public String toString() {
        List<String> options = new ArrayList<>();
        if (access != Access.READ_WRITE) {
            options.add(access.word);
        }
        if (isGraceful) {
            options.add("graceful");
        }
        String end = options.isEmpty() ? "" : ":" + String.join(",", options);
        return fdName.isEmpty() && end.isEmpty() ? path : path + ":" + fdName + end;
    }
}
