package dev.activator.service.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a message over a handoff socket says of each accepted socket that comes with it: one line each, in the order of the descriptors,
 * with these fields between tabs. More fields may follow in later versions. docs/handoff.md.
 *
 * @param unit the socket unit, {@code web.socket}
 * @param listener its name, as in LISTEN_FDNAMES
 * @param local where the client came in, {@code 127.0.0.1:80} or {@code /run/web.sock}
 * @param peer who it is, {@code 10.0.0.5:4711}, or {@code pid 4711 uid 1000}
 */
public record PassedSocketText(String unit, String listener, String local, String peer) {
    /** Most sockets that come in one message. */
    public static final int MOST = 64;

    /** Longest text that so many can have, in bytes. */
    public static final int LONGEST = 64 * 1024;

    private static final int FIELDS = 4;

    /** The whole message, without its descriptors. */
    public static String encode(List<PassedSocketText> sockets) {
        return sockets.stream().map(PassedSocketText::line).collect(Collectors.joining());
    }

    private String line() {
        return clean(unit) + "\t" + clean(listener) + "\t" + clean(local) + "\t" + clean(peer) + "\n";
    }

    /** Nothing that a path may contain ends a field or a line. */
    private static String clean(String text) {
        return text.chars().noneMatch(Character::isISOControl) ? text : text.replaceAll("\\p{Cntrl}", "?");
    }

    /** What is missing is empty: the descriptors count, whatever is said of them. */
    public static List<PassedSocketText> decode(String message, int sockets) {
        String[] lines = message.split("\n", -1);
        List<PassedSocketText> all = new ArrayList<>();
        for (int i = 0; i < sockets; i++) {
            String[] fields = i < lines.length ? lines[i].split("\t", -1) : new String[0];
            all.add(new PassedSocketText(
                    field(fields, 0), field(fields, 1), field(fields, 2), field(fields, FIELDS - 1)));
        }
        return all;
    }

    private static String field(String[] fields, int index) {
        return index < fields.length ? fields[index] : "";
    }
}
