package dev.activator.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Variables, {@code "NAME=value with blanks" OTHER=x}; a later value of a name replaces an earlier one. systemd.exec(5) Environment=. */
record EnvironmentSyntax() implements ValueSyntax<Map<String, String>> {
    @Override
    public String grammar() {
        return "NAME=value…";
    }

    @Override
    public boolean isList() {
        return true;
    }

    @Override
    public Map<String, String> parse(@Nullable Map<String, String> soFar, String text, ValueScope scope)
            throws BadValue {
        Map<String, String> all = new LinkedHashMap<>(soFar == null ? Map.of() : soFar);
        Words words = new Words(text, Words.Manner.QUOTED);
        for (String word = words.next(); word != null; word = words.next()) {
            String resolved = scope.expand(word);
            int equals = resolved.indexOf('=');
            if (equals < 0 || !isName(resolved.substring(0, equals)) || !isValue(resolved.substring(equals + 1))) {
                scope.note(words.start(), "'" + Quoted.shorten(word) + "': expected NAME=value, ignoring this word");
                continue;
            }
            all.put(resolved.substring(0, equals), resolved.substring(equals + 1));
        }
        return Collections.unmodifiableMap(all);
    }

    static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!isLetter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static boolean isValue(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\t' && c != '\n' && (c < ' ' || c == 127)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean isNothing(Map<String, String> value) {
        return value.isEmpty();
    }

    @Override
    public List<String> assignments(Map<String, String> value) {
        List<String> all = new ArrayList<>();
        value.forEach((name, text) -> all.add(Syntaxes.quotedWord(name + "=" + text)));
        return all;
    }

    @Override
    public String show(Map<String, String> value) {
        List<String> all = new ArrayList<>();
        value.forEach((name, text) -> all.add(Escapes.quote(name + "=" + text)));
        return String.join(" ", all);
    }
}
