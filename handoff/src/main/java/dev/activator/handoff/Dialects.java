package dev.activator.handoff;

import dev.activator.config.HandoffDialect;
import dev.activator.service.protocol.ListenVariables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The variables by which programs learn of the sockets that they inherit, in each dialect; pure. HandoffAs=. */
public final class Dialects {
    private Dialects() {}

    /**
     * What one dialect says.
     *
     * @param unit the service's name without its suffix
     * @param parent the pid of whom the process is started by
     */
    public static Map<String, String> variables(
            HandoffDialect dialect, List<HandedSocket> sockets, String unit, long parent) {
        return switch (dialect) {
            case SYSTEMD ->
                new ListenVariables(sockets.stream().map(HandedSocket::name).toList()).environment();
            case PIDFDID, UCSPI -> Map.of();
            case NGINX -> Map.of("NGINX", numbers(sockets, ";") + ";");
            case UPSTART ->
                Map.of("UPSTART_FDS", numbers(sockets, " "), "UPSTART_EVENTS", "socket", "UPSTART_JOB", unit);
            case EINHORN -> einhorn(sockets, parent);
            case SERVER_STARTER -> Map.of("SERVER_STARTER_PORT", pairs(sockets, ";"), "SERVER_STARTER_GENERATION", "1");
            case GUNICORN -> Map.of("GUNICORN_FD", numbers(sockets, ","), "GUNICORN_PID", Long.toString(parent));
            case PUMA -> puma(sockets);
            case FPM -> Map.of("FPM_SOCKETS", pairs(sockets, ","));
        };
    }

    private static String numbers(List<HandedSocket> sockets, String between) {
        return sockets.stream().map(socket -> Integer.toString(socket.number())).collect(Collectors.joining(between));
    }

    /** {@code 127.0.0.1:80=3;/run/x=4}. */
    private static String pairs(List<HandedSocket> sockets, String between) {
        return sockets.stream()
                .map(socket -> socket.address() + "=" + socket.number())
                .collect(Collectors.joining(between));
    }

    private static Map<String, String> einhorn(List<HandedSocket> sockets, long parent) {
        Map<String, String> variables = new TreeMap<>();
        variables.put("EINHORN_FD_COUNT", Integer.toString(sockets.size()));
        variables.put("EINHORN_FDS", numbers(sockets, " "));
        variables.put("EINHORN_MASTER_PID", Long.toString(parent));
        for (int i = 0; i < sockets.size(); i++) {
            variables.put("EINHORN_FD_" + i, Integer.toString(sockets.get(i).number()));
        }
        return variables;
    }

    private static Map<String, String> puma(List<HandedSocket> sockets) {
        Map<String, String> variables = new TreeMap<>();
        for (int i = 0; i < sockets.size(); i++) {
            HandedSocket socket = sockets.get(i);
            String scheme = socket.port() == null ? "unix://" : "tcp://";
            variables.put("PUMA_INHERIT_" + i, socket.number() + ":" + scheme + socket.address());
        }
        return variables;
    }

    /**
     * What UCSPI says of the one connection that a program serves.
     *
     * @param remote REMOTE_ADDR and REMOTE_PORT; for a Unix client UNIXREMOTEEUID and its like
     */
    public static Map<String, String> ofConnection(HandedSocket connection, Map<String, String> remote) {
        Map<String, String> variables = new TreeMap<>();
        String host = connection.host();
        String port = connection.port();
        if (host != null && port != null) {
            variables.put("PROTO", "TCP");
            variables.put("TCPLOCALIP", host);
            variables.put("TCPLOCALPORT", port);
            variables.put("TCPREMOTEIP", remote.getOrDefault("REMOTE_ADDR", ""));
            variables.put("TCPREMOTEPORT", remote.getOrDefault("REMOTE_PORT", ""));
        } else {
            variables.put("PROTO", "UNIX");
            variables.put("UNIXLOCALPATH", connection.address());
            remote.forEach((name, value) -> {
                if (name.startsWith("UNIXREMOTE")) {
                    variables.put(name, value);
                }
            });
        }
        return variables;
    }

    /** Names of all sockets, for a message about one that there is not. */
    public static String names(List<HandedSocket> sockets) {
        List<String> names = new ArrayList<>();
        sockets.forEach(socket -> names.add(socket.name()));
        return names.isEmpty() ? "no socket is handed over" : "there is " + String.join(", ", names);
    }
}
