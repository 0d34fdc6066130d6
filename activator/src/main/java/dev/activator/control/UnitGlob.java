package dev.activator.control;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** Names of units as people type them: {@code web} means web.service, and {@code web*} every unit that matches. systemctl(1). */
public final class UnitGlob {
    private static final List<String> SUFFIXES = List.of(".service", ".socket", ".target");

    private UnitGlob() {}

    public static boolean isPattern(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
    }

    /** The full name; a pattern stays as it is unless it ends like a name without its suffix. */
    public static String complete(String text) {
        boolean hasSuffix = SUFFIXES.stream().anyMatch(text::endsWith);
        return hasSuffix || text.endsWith("*") ? text : text + ".service";
    }

    /** Whether a name matches one of the patterns, or there are none. */
    public static boolean matches(String name, List<String> patterns) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(name, complete(pattern)));
    }

    /** Whether a name is the pattern, or matches it as fnmatch(3) says; a bracket that nothing closes is one like any character. */
    public static boolean matches(String name, String pattern) {
        if (!isPattern(pattern)) {
            return name.equals(pattern);
        }
        // Braces and backslashes mean nothing special in fnmatch(3) as systemctl calls it; escape them for Java's glob.
        String glob = pattern.replaceAll("([\\\\{}])", "\\\\$1");
        try {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
            return matcher.matches(Path.of(name));
        } catch (PatternSyntaxException unfinished) {
            return name.equals(pattern);
        }
    }
}
