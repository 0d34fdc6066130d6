package dev.activator.service.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The protocol by which a program gets its sockets as descriptors 3, 4, 5…: LISTEN_FDS, LISTEN_FDNAMES and LISTEN_PID. The one
 * place that writes and the one that reads it. sd_listen_fds(3).
 *
 * @param names one for each descriptor in its order
 */
public record ListenVariables(List<String> names) {
    /** The number of the first descriptor. SD_LISTEN_FDS_START. */
    public static final int FIRST = 3;

    /** The variable with the pid of whom the descriptors are for. */
    public static final String PID = "LISTEN_PID";

    private static final String COUNT = "LISTEN_FDS";
    private static final String NAMES = "LISTEN_FDNAMES";
    private static final String UNNAMED = "unknown";
    private static final int LONGEST_NAME = 255;
    private static final int MOST = 1_000_000;

    public ListenVariables {
        names = List.copyOf(names);
        names.forEach(ListenVariables::requireName);
    }

    /** The variables to set; LISTEN_PID belongs to them, and only the launch knows it. */
    public Map<String, String> environment() {
        return Map.of(COUNT, Integer.toString(names.size()), NAMES, String.join(":", names));
    }

    /** What was passed to the process of that pid by this environment; empty where nothing was, or it was meant for another. */
    public static Optional<ListenVariables> decode(Map<String, String> environment, long pid) {
        if (!Long.toString(pid).equals(environment.get(PID))) {
            return Optional.empty();
        }
        int count = count(environment.getOrDefault(COUNT, ""));
        if (count < 0) {
            return Optional.empty();
        }
        String given = environment.getOrDefault(NAMES, "");
        String[] names = given.isEmpty() ? new String[0] : given.split(":", -1);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(i < names.length && isName(names[i]) ? names[i] : UNNAMED);
        }
        return Optional.of(new ListenVariables(all));
    }

    private static int count(String text) {
        int count = text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : -1;
        return count <= MOST ? count : -1;
    }

    /** Whether a descriptor can have that name: ASCII without control characters and colons, at most 255. */
    public static boolean isName(String name) {
        return name.length() <= LONGEST_NAME && name.chars().allMatch(c -> c >= ' ' && c < 127 && c != ':');
    }

    private static void requireName(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("'" + name + "' cannot name a file descriptor");
        }
    }
}
