package dev.activator.config;

import java.util.List;
import java.util.Map;

/** Variables in command lines, as systemd expands them, which is not as a shell does. systemd.service(5) "Command lines". */
final class VariableExpansion {
    private VariableExpansion() {}

    /** The words of a variable's value; quotes hold blanks together. */
    static List<String> words(String value) {
        try {
            return Words.split(value, Words.Manner.VARIABLE);
        } catch (BadValue e) {
            return List.of(value);
        }
    }

    /** Replaces {@code ${X}} and {@code $$}; any other {@code $} stays. */
    static String expand(String arg, Map<String, String> environment) {
        if (arg.indexOf('$') < 0) {
            return arg;
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < arg.length()) {
            if (arg.startsWith("$$", at)) {
                out.append('$');
                at += 2;
            } else if (arg.startsWith("${", at) && nameEnd(arg, at + 2) >= 0) {
                int end = nameEnd(arg, at + 2);
                out.append(environment.getOrDefault(arg.substring(at + 2, end), ""));
                at = end + 1;
            } else {
                out.append(arg.charAt(at++));
            }
        }
        return out.toString();
    }

    /** The closing brace of a variable; -1 where there is none, or where {@code :} begins a form that systemd leaves alone. */
    private static int nameEnd(String arg, int from) {
        for (int i = from; i < arg.length() && arg.charAt(i) != ':'; i++) {
            if (arg.charAt(i) == '}') {
                return i;
            }
        }
        return -1;
    }
}
