package dev.activator.config;

import java.nio.charset.StandardCharsets;

/** Paths in values: simplified, and checked as systemd checks them. */
final class Paths {
    private static final int MAX_BYTES = 4095;
    private static final String OLD_RUN = "/var/run/";

    private Paths() {}

    /** The path without doubled slashes, {@code .} and a slash at its end. */
    static String simplify(String path) {
        if (isSimple(path)) {
            return path;
        }
        String simple = path.replaceAll("/+", "/");
        while (simple.contains("/./")) {
            simple = simple.replace("/./", "/");
        }
        simple = simple.startsWith("./") ? simple.substring(2) : simple;
        simple = simple.endsWith("/.") ? simple.substring(0, simple.length() - 1) : simple;
        return simple.length() > 1 && simple.endsWith("/") ? simple.substring(0, simple.length() - 1) : simple;
    }

    /** Whether nothing of it could be left out: no slash is followed by another, by a dot or by the end. */
    private static boolean isSimple(String path) {
        if (path.startsWith(".")) {
            return false;
        }
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            boolean isLast = slash + 1 == path.length();
            if (isLast || path.charAt(slash + 1) == '/' || path.charAt(slash + 1) == '.') {
                return false;
            }
        }
        return true;
    }

    static boolean hasControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) == 127) {
                return true;
            }
        }
        return false;
    }

    static String absolute(String text) throws BadValue {
        if (!text.startsWith("/")) {
            throw BadValue.ignored("must be an absolute path");
        }
        return checked(text);
    }

    /** A path below some directory. */
    static String relative(String text) throws BadValue {
        if (text.startsWith("/")) {
            throw BadValue.ignored("must be a relative path");
        }
        return checked(text);
    }

    private static String checked(String text) throws BadValue {
        String path = simplify(text);
        if (("/" + path + "/").contains("/../")) {
            throw BadValue.ignored("must not contain '..'");
        }
        if (hasControls(path)) {
            throw BadValue.ignored("must not contain control characters");
        }
        if (path.endsWith(" ") || path.endsWith("\t")) {
            throw BadValue.ignored("must not end in a blank");
        }
        if (path.isEmpty() || path.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw BadValue.ignored("must have 1.." + MAX_BYTES + " bytes");
        }
        return path;
    }

    /** The path with {@code /var/run} replaced by {@code /run}, as systemd does; that is noted. */
    static String withoutVarRun(String path, ValueScope scope) {
        if (!path.startsWith(OLD_RUN)) {
            return path;
        }
        String now = "/run/" + path.substring(OLD_RUN.length());
        scope.note(
                0,
                "'" + Quoted.shorten(path) + "' is below the old directory /var/run, using '" + Quoted.shorten(now)
                        + "'");
        return now;
    }
}
