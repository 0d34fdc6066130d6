package dev.activator.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the settings of a socket unit must satisfy together. systemd refuses the same units when it loads them. */
final class SocketChecks {
    private SocketChecks() {}

    static void check(Settings settings, Findings findings) {
        List<ListenSocket> listen = settings.get(SocketDirectives.LISTEN);
        if (listen.isEmpty()) {
            findings.error(
                    SocketDirectives.LISTEN,
                    "no address to listen at; set ListenStream=, ListenDatagram= or ListenFIFO=");
        }
        Set<ListenSocket> seen = new HashSet<>();
        for (ListenSocket each : listen.size() > 1 ? listen : List.<ListenSocket>of()) {
            if (!seen.add(each)) {
                findings.error(
                        SocketDirectives.LISTEN,
                        each.kind().directive() + "= '" + each.address() + "' stands there twice");
            }
        }
        if (settings.get(SocketDirectives.ACCEPT)) {
            checkAccepting(settings, listen, findings);
        }
        HandoffChecks.check(settings, listen, findings);
        AccessChecks.check(settings, listen, findings);
        SleepChecks.checkSocket(settings, listen, findings);
        if (!settings.get(SocketDirectives.SYMLINKS).isEmpty()) {
            checkSymlinks(listen, findings);
        }
    }

    private static void checkSymlinks(List<ListenSocket> listen, Findings findings) {
        long nodes = listen.stream().filter(SocketChecks::isNode).count();
        if (nodes != 1) {
            findings.error(
                    SocketDirectives.SYMLINKS,
                    "Symlinks= needs exactly one socket file or FIFO to point to, this unit has " + nodes);
        }
    }

    private static void checkAccepting(Settings settings, List<ListenSocket> listen, Findings findings) {
        for (ListenSocket each : listen) {
            if (!each.kind().canAccept()) {
                findings.error(
                        SocketDirectives.ACCEPT,
                        "Accept=yes needs connections, which " + each.kind().directive() + "= '" + each.address()
                                + "' does not have; move it to another unit");
            }
        }
        if (settings.isSet(SocketDirectives.SERVICE)) {
            findings.error(
                    SocketDirectives.SERVICE,
                    "Service= cannot be set with Accept=yes, which uses the template of the socket's own name");
        }
        if (settings.get(SocketDirectives.MAX_CONNECTIONS) == 0) {
            findings.error(SocketDirectives.MAX_CONNECTIONS, "MaxConnections= '0': must be at least 1 with Accept=yes");
        }
        if (settings.get(SocketDirectives.FLUSH_PENDING)) {
            findings.error(
                    SocketDirectives.FLUSH_PENDING,
                    "FlushPending=yes cannot be set with Accept=yes, which leaves nothing pending");
        }
    }

    private static boolean isNode(ListenSocket socket) {
        return socket.address() instanceof ListenAddress.UnixPath
                || (socket.kind() == SocketKind.FIFO && socket.address() instanceof ListenAddress.FilePath);
    }
}
