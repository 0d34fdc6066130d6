package dev.activator.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Gets the sockets of a unit by its name while this process runs, whoever started it. The super-server gives them to the user that the
 * unit's service runs as. It goes on listening there, too: have it {@code hold} the unit, or it wakes the service as well.
 */
public final class SocketFetch {
    private static final String OK = "OK ";

    private SocketFetch() {}

    /**
     * Asks, and waits for the answer.
     *
     * @param server {@code fetch.sock} in the super-server's runtime directory, {@code /run/activator/fetch.sock}
     * @param unit {@code web.socket}, or {@code web.service} for all of its sockets
     * @throws IOException where nobody answers, or with the reason why this process does not get them
     */
    public static ListenFds fetch(Path server, String unit) throws IOException {
        SocketCalls calls = new SocketCalls();
        int connection = calls.open(SocketCalls.AF_UNIX, SocketCalls.SOCK_SEQPACKET);
        try {
            calls.connect(connection, server.toString());
            calls.send(connection, unit + "\n", List.of(), null);
            SocketCalls.Message answer = calls.receive(connection, NativeFunction.memory(64 * 1024), false);
            if (answer == null || !answer.text().startsWith(OK)) {
                throw new IOException(
                        answer == null
                                ? server + " ended without an answer"
                                : answer.text().strip());
            }
            return named(answer);
        } finally {
            calls.close(connection);
        }
    }

    private static ListenFds named(SocketCalls.Message answer) {
        String[] names = answer.text().substring(OK.length()).strip().split(":", -1);
        List<ListenFd> sockets = new ArrayList<>();
        for (int i = 0; i < answer.fds().size(); i++) {
            sockets.add(new ListenFd(answer.fds().get(i), i < names.length ? names[i] : ""));
        }
        return ListenFds.of(sockets);
    }
}
