package dev.activator.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Sets of capabilities: names are added to what there is, those of an assignment that begins with {@code ~} are taken away. Where nothing was
 * assigned before, the first assignment is the whole set, or everything but it. systemd.exec(5), capabilities(7).
 */
final class CapabilitySyntax implements ValueSyntax<Set<String>> {
    private static final String PREFIX = "cap_";

    @Override
    public String grammar() {
        return "[~]capabilities";
    }

    @Override
    public boolean isList() {
        return true;
    }

    /** An empty assignment is the empty set, not the default. */
    @Override
    public boolean canReset() {
        return false;
    }

    @Override
    public Set<String> parse(@Nullable Set<String> soFar, String text, ValueScope scope) throws BadValue {
        boolean takesAway = text.startsWith("~");
        Set<String> named = new LinkedHashSet<>();
        Words words = new Words(takesAway ? text.substring(1) : text, Words.Manner.PLAIN);
        for (String word = words.next(); word != null; word = words.next()) {
            String name = word.toLowerCase(Locale.ROOT);
            name = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
            if (Capabilities.NAMES.contains(name)) {
                named.add(name);
            } else {
                String near = Suggestion.nearest(PREFIX + name, shown());
                scope.note(
                        words.start() + (takesAway ? 1 : 0),
                        "'" + Quoted.shorten(word) + "' is no capability, ignoring this word"
                                + (near == null ? "" : "; did you mean " + near + "?"));
            }
        }
        if (text.isEmpty()) {
            return Set.of();
        }
        Set<String> result = new TreeSet<>(soFar != null ? soFar : takesAway ? Capabilities.NAMES : List.of());
        if (takesAway) {
            result.removeAll(named);
        } else {
            result.addAll(named);
        }
        return result;
    }

    private static List<String> shown() {
        return Capabilities.NAMES.stream().map(CapabilitySyntax::shown).toList();
    }

    private static String shown(String name) {
        return (PREFIX + name).toUpperCase(Locale.ROOT);
    }

    /** Empty is assigned as such, and each of several assignments would only add. */
    @Override
    public List<String> assignments(Set<String> value) {
        List<String> names = new ArrayList<>();
        Capabilities.NAMES.stream().filter(value::contains).forEach(name -> names.add(shown(name)));
        return List.of(String.join(" ", names));
    }
}
