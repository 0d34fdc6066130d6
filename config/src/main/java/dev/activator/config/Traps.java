package dev.activator.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What works as the files say, and yet often surprises: nothing of it is wrong, so that nothing warns of it. */
public final class Traps {
    /** Words that only a shell understands. */
    private static final Set<String> SHELL_WORDS = Set.of("|", "||", "&&", "&", ">", ">>", "<", "2>&1", "2>", "*");

    private final UnitCatalog catalog;
    private final List<String> found = new ArrayList<>();

    private Traps(UnitCatalog catalog) {
        this.catalog = catalog;
    }

    /** What may surprise about the unit, a sentence each, the settings that change it included. */
    public static List<String> of(Unit unit, UnitCatalog catalog) {
        Traps traps = new Traps(catalog);
        if (unit instanceof SocketUnit socket) {
            traps.lookAt(socket);
        } else if (unit instanceof ServiceUnit service) {
            traps.lookAt(service);
        }
        return traps.found;
    }

    private void lookAt(SocketUnit socket) {
        for (ListenSocket each : socket.listen()) {
            if (each.address() instanceof ListenAddress.AnyPort any) {
                lookAtPort(socket, each, any.port());
            }
            boolean isOpen = (socket.get(SocketDirectives.SOCKET_MODE) & 0002) != 0;
            if (each.address() instanceof ListenAddress.UnixPath path
                    && isOpen
                    && !socket.isSet(SocketDirectives.SOCKET_MODE)) {
                found.add("Everybody on this host may connect to " + path
                        + ": the default of SocketMode= is 0666. SocketMode=0660 with SocketGroup= keeps others out.");
            }
        }
        if (socket.isAccepting() && !socket.isSet(SocketDirectives.MAX_CONNECTIONS)) {
            found.add(
                    "At most " + socket.mostConnections()
                            + " connections are served at a time, the default of MaxConnections=; who comes beyond that waits.");
        }
        if (socket.isAccepting() && namesSockets(socket.service())) {
            found.add("Sockets= of " + socket.service()
                    + " does not count: with Accept=yes it gets its connection alone.");
        }
    }

    private void lookAtPort(SocketUnit socket, ListenSocket listen, int port) {
        BindIpv6Only only = socket.get(SocketDirectives.BIND_IPV6_ONLY);
        String four = switch (only) {
            case DEFAULT, BOTH -> ", and takes IPv4 clients, too (BindIPv6Only=)";
            case IPV6_ONLY -> ", but no IPv4 client (BindIPv6Only=ipv6-only)";
        };
        found.add(listen.kind().directive() + "=" + port + " listens on every address of this host, [::]:" + port + four
                + ". " + listen.kind().directive() + "=127.0.0.1:" + port + " keeps it to this host.");
    }

    private boolean namesSockets(UnitName service) {
        return catalog.service(service.isTemplate() ? service.withInstance("x") : service)
                .filter(each -> !each.get(ServiceDirectives.SOCKETS).isEmpty())
                .isPresent();
    }

    private void lookAt(ServiceUnit service) {
        List<SocketUnit> sockets = catalog.socketsOf(service.name());
        StandardInput input = service.get(ExecDirectives.STANDARD_INPUT);
        if (input instanceof StandardInput.Socket) {
            lookAtStreams(service);
        } else if (sockets.stream().anyMatch(SocketUnit::isAccepting)) {
            found.add("Its standard input is not the connection: it gets that as descriptor 3, with LISTEN_FDS=1. "
                    + "StandardInput=socket is for programs that inetd would start.");
        }
        for (CommandLine command : service.get(ServiceDirectives.EXEC_START)) {
            lookAtWords(command);
        }
        RestartPolicy restart = service.get(ServiceDirectives.RESTART);
        boolean isShared = sockets.stream().anyMatch(socket -> !socket.isAccepting());
        if (restart == RestartPolicy.ALWAYS && isShared) {
            found.add(
                    "Restart=always starts it again when it ends by itself with nobody there. Restart=on-failure lets it stay "
                            + "away until the next client.");
        }
        if (service.get(ServiceDirectives.TYPE) == ServiceType.FORKING && !service.isSet(ServiceDirectives.PID_FILE)) {
            found.add(
                    "Type=forking without PIDFile=: if it leaves more than one process, which of them is the main one is a guess.");
        }
        if (service.get(KillDirectives.KILL_MODE) == KillMode.PROCESS
                || service.get(KillDirectives.KILL_MODE) == KillMode.NONE) {
            found.add("KillMode=" + service.get(KillDirectives.KILL_MODE).word()
                    + " leaves processes behind when it stops, which a sleep is as well. KillMode=mixed does not.");
        }
    }

    private void lookAtStreams(ServiceUnit service) {
        boolean isOutputClients = service.get(ExecDirectives.STANDARD_OUTPUT) instanceof StandardOutput.Inherit
                || service.get(ExecDirectives.STANDARD_OUTPUT) instanceof StandardOutput.Socket;
        boolean isErrorClients =
                isOutputClients && service.get(ExecDirectives.STANDARD_ERROR) instanceof StandardOutput.Inherit;
        if (isErrorClients) {
            found.add(
                    "All that it prints goes to the client, its error messages included. StandardError=journal keeps them in the "
                            + "log.");
        } else if (isOutputClients) {
            found.add("What it prints goes to the client, since StandardOutput= follows StandardInput=socket.");
        }
    }

    private void lookAtWords(CommandLine command) {
        if (command.viaShell()) {
            return;
        }
        String words = command.rawArgs().stream()
                .skip(1)
                .filter(SHELL_WORDS::contains)
                .distinct()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(", "));
        if (!words.isEmpty()) {
            found.add("There is no shell: " + words + " of " + command.path()
                    + " is an argument like any other. /bin/sh -c '...' makes it one.");
        }
    }
}
