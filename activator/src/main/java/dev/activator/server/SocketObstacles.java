package dev.activator.server;

import dev.activator.config.CommandLine;
import dev.activator.config.Directive;
import dev.activator.config.ListenAddress;
import dev.activator.config.ListenSocket;
import dev.activator.config.Problem.Severity;
import dev.activator.config.SocketDirectives;
import dev.activator.config.SocketUnit;
import dev.activator.config.UnitName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What of this host keeps one socket from being bound. */
final class SocketObstacles {
    private final SocketUnit unit;
    private final HostObstacles.Host host;
    private final HostObstacles.Found found;
    private final String noStart;

    /** @param shown the unit's name, or its template's */
    SocketObstacles(SocketUnit unit, UnitName shown, HostObstacles.Host host, HostObstacles.Found found) {
        this.unit = unit;
        this.host = host;
        this.found = found;
        this.noStart = ", '" + shown + "' will not start; ";
    }

    void find() {
        owners();
        unit.listen().forEach(this::address);
        programs(SocketDirectives.EXEC_START_PRE);
        programs(SocketDirectives.EXEC_START_POST);
    }

    private void owners() {
        unit.get(SocketDirectives.SOCKET_USER)
                .filter(name -> host.accounts().user(name).isEmpty())
                .ifPresent(name -> add(
                        SocketDirectives.SOCKET_USER,
                        name,
                        "there is no such user here" + noStart + HostAccounts.adviceOnUser(name)));
        unit.get(SocketDirectives.SOCKET_GROUP)
                .filter(name -> !host.accounts().hasGroup(name))
                .ifPresent(name -> add(
                        SocketDirectives.SOCKET_GROUP,
                        name,
                        "there is no such group here" + noStart + HostAccounts.adviceOnGroup(name)));
    }

    private void add(Directive<?> row, String name, String message) {
        found.add(Severity.ERROR, row, name, row + " '" + name + "'", message);
    }

    private void address(ListenSocket listen) {
        int port = listen.address().internetPort();
        String path = path(listen.address());
        if (port > 0 && port < host.firstFreePort() && !host.rights().has(OwnRights.NET_BIND_SERVICE)) {
            warn(
                    listen,
                    Integer.toString(port),
                    "as uid " + host.rights().uid() + " here no port below " + host.firstFreePort() + " can be bound"
                            + noStart
                            + "take a higher one, or run the super-server as root or with CAP_NET_BIND_SERVICE");
        } else if (path != null) {
            directory(listen, path);
        }
    }

    /** The directory that is there already must let us make the rest. */
    private void directory(ListenSocket listen, String path) {
        Path above = Path.of(path).getParent();
        while (above != null && Files.notExists(above)) {
            above = above.getParent();
        }
        if (above != null && !Files.isWritable(above)) {
            warn(
                    listen,
                    path,
                    "as uid " + host.rights().uid() + " here nothing can be made in '" + above + "'" + noStart
                            + "take a directory of your own, such as below '%t'");
        }
    }

    private void warn(ListenSocket listen, String text, String message) {
        String assignment = listen.kind().directive() + "= '" + listen.address() + "'";
        found.add(Severity.WARNING, SocketDirectives.LISTEN, text, assignment, message);
    }

    /** Of what is made at a path; null for all else. */
    private static @Nullable String path(ListenAddress address) {
        return address instanceof ListenAddress.UnixPath unix ? unix.path() : null;
    }

    private void programs(Directive<List<CommandLine>> row) {
        unit.commands(row)
                .ifPresent(commands -> unit.get(row)
                        .forEach(command -> Optional.ofNullable(host.programs().trouble(commands, command))
                                .ifPresent(trouble -> found.add(
                                        command.ignoreFailure() ? Severity.WARNING : Severity.ERROR,
                                        row,
                                        command.text(),
                                        row + " '" + command.path() + "'",
                                        trouble.what()
                                                + (command.ignoreFailure() ? ", which its '-' lets pass; " : noStart)
                                                + trouble.advice()))));
    }
}
