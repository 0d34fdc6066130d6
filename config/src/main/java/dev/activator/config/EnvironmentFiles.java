package dev.activator.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the text of environment files: lines of {@code NAME=value} in a small part of a shell's syntax. systemd.exec(5) EnvironmentFile=. */
public final class EnvironmentFiles {
    /** What a backslash takes away its meaning from, inside double quotes. */
    private static final String ESCAPED_IN_QUOTES = "\"\\`$";

    private final String text;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private int at;

    private EnvironmentFiles(String text) {
        this.text = text;
    }

    /**
     * The variables, in the file's order; a later value of a name replaces an earlier one. Lines that assign nothing are skipped, as are names
     * that no variable can have. Never throws.
     */
    public static Map<String, String> parse(String text) {
        EnvironmentFiles file = new EnvironmentFiles(text);
        while (file.at < text.length()) {
            file.line();
        }
        return file.variables;
    }

    private void line() {
        while (at < text.length() && (isBlank(text.charAt(at)) || isNewline(text.charAt(at)))) {
            at++;
        }
        if (at >= text.length()) {
            return;
        }
        if (text.charAt(at) == '#' || text.charAt(at) == ';') {
            skipLine();
            return;
        }
        int start = at;
        while (at < text.length() && text.charAt(at) != '=' && !isNewline(text.charAt(at))) {
            at++;
        }
        if (at >= text.length() || text.charAt(at) != '=') {
            return;
        }
        String name = text.substring(start, at++).stripTrailing();
        String value = value();
        if (EnvironmentSyntax.isName(name) && EnvironmentSyntax.isValue(value)) {
            variables.put(name, value);
        }
    }

    private void skipLine() {
        while (at < text.length() && !isNewline(text.charAt(at))) {
            at++;
        }
    }

    /** Quoted pieces and, from the first bare character on, the rest of the line, in which quotes mean themselves. */
    private String value() {
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isNewline(c)) {
                return value.toString();
            } else if (c == '\'' || c == '"') {
                at++;
                quoted(c, value);
            } else if (isBlank(c)) {
                at++;
            } else {
                bare(value);
                return value.toString();
            }
        }
        return value.toString();
    }

    private void quoted(char quote, StringBuilder value) {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == quote) {
                return;
            }
            if (c != '\\' || quote == '\'' || at >= text.length()) {
                value.append(c);
                continue;
            }
            char next = text.charAt(at++);
            if (ESCAPED_IN_QUOTES.indexOf(next) >= 0) {
                value.append(next);
            } else if (next != '\n') {
                value.append('\\').append(next);
            }
        }
    }

    private void bare(StringBuilder value) {
        int keep = value.length();
        while (at < text.length() && !isNewline(text.charAt(at))) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                char next = text.charAt(at++);
                if (!isNewline(next)) {
                    value.append(next);
                }
                keep = value.length();
            } else if (c != '\\') {
                value.append(c);
                keep = isBlank(c) ? keep : value.length();
            }
        }
        value.setLength(keep);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isNewline(char c) {
        return c == '\n' || c == '\r';
    }
}
