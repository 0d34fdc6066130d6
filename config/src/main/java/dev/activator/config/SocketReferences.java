package dev.activator.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ${FD:name}} and {@code ${PORT:name}} in ExecStart= and Environment=: the descriptor's number, and the port, of a socket that the
 * service is handed. systemd leaves both as they stand.
 */
public final class SocketReferences {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\{(FD|PORT):([^}]*)\\}");

    private SocketReferences() {}

    /** What a reference stands for. */
    public interface Sockets {
        /** The number of the first socket of that name. */
        String fd(String name);

        /** Its port. */
        String port(String name);
    }

    /** For who is handed none: references are empty. */
    public static final Sockets NONE = new Sockets() {
        @Override
        public String fd(String name) {
            return "";
        }

        @Override
        public String port(String name) {
            return "";
        }
    };

    /** Whether there may be any. */
    private static boolean mayBeIn(String text) {
        return text.contains("${FD:") || text.contains("${PORT:");
    }

    /** The text with each replaced; {@code $$} stays and protects what follows. */
    public static String replace(String text, Sockets sockets) {
        if (!mayBeIn(text)) {
            return text;
        }
        return REFERENCE
                .matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(value(found.group(), found.group(1), found.group(2), sockets)));
    }

    private static String value(String whole, String kind, String name, Sockets sockets) {
        if (kind == null) {
            return whole;
        }
        return kind.equals("FD") ? sockets.fd(name) : sockets.port(name);
    }
}
