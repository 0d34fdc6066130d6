package dev.activator.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Replaces {@code %i}, {@code %n}, {@code %H} and their like in the values of one unit. systemd.unit(5) "Specifiers". */
final class Specifiers {
    /** Those that differ between the instances of a template. */
    private static final String OF_INSTANCE = "iInNf";

    private final UnitName unit;
    private final HostFacts facts;
    private final @Nullable Path file;

    Specifiers(UnitName unit, HostFacts facts, @Nullable Path file) {
        this.unit = unit;
        this.facts = facts;
        this.file = file;
    }

    /** The text with every known specifier replaced; an unknown one and a stray {@code %} stay. */
    String expand(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String value = c == '%' && i + 1 < text.length() ? value(text.charAt(i + 1)) : null;
            if (value == null) {
                out.append(c);
            } else {
                out.append(value);
                i++;
            }
        }
        return out.toString();
    }

    /** Whether the text means something else for each instance of a template. */
    static boolean dependsOnInstance(String text) {
        for (int i = text.indexOf('%'); i >= 0 && i + 1 < text.length(); i = text.indexOf('%', i + 2)) {
            if (OF_INSTANCE.indexOf(text.charAt(i + 1)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** A value in which nothing is a specifier. */
    static String protect(String value) {
        return value.replace("%", "%%");
    }

    private @Nullable String value(char letter) {
        String instance = unit.instance() == null ? "" : unit.instance();
        return switch (letter) {
            case '%' -> "%";
            case 'n' -> unit.toString();
            case 'N' -> unit.withoutSuffix();
            case 'p' -> unit.prefix();
            case 'P' -> unescaped(unit.prefix());
            case 'i' -> instance;
            case 'I' -> unescaped(instance);
            case 'j' -> lastPart();
            case 'J' -> unescaped(lastPart());
            case 'f' -> fileName(instance);
            case 'y' -> file == null ? "" : file.toString();
            case 'Y' ->
                file == null || file.getParent() == null ? "" : file.getParent().toString();
            default -> HostFacts.LETTERS.indexOf(letter) >= 0 ? facts.value(letter) : null;
        };
    }

    private String lastPart() {
        return unit.prefix().substring(unit.prefix().lastIndexOf('-') + 1);
    }

    private static String fileName(String instance, String prefix) {
        String path = unescaped(instance.isEmpty() ? prefix : instance);
        return path.startsWith("/") ? path : "/" + path;
    }

    private String fileName(String instance) {
        return fileName(instance, unit.prefix());
    }

    private static String unescaped(String text) {
        String plain = UnitEscape.unescape(text);
        return plain == null ? text : plain;
    }
}
