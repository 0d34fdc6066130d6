package dev.activator.server;

import dev.activator.handoff.kernel.UnixDatagrams;
import dev.activator.listener.OwnedFd;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The other end of a handoff socket, with what a worker has taken out of it. */
final class FakeWorker implements AutoCloseable {
    private final OwnedFd end;
    private final UnixDatagrams messages = new UnixDatagrams(64 * 1024);
    private final List<OwnedFd> connections = new ArrayList<>();

    FakeWorker(OwnedFd end) {
        this.end = end;
    }

    /** Reads what is there, and says nothing of it: the lines that came with the connections. */
    List<String> read() {
        List<String> lines = new ArrayList<>();
        for (var message = messages.receive(end.number()); message != null; message = messages.receive(end.number())) {
            if (message.payload().length == 0) {
                return lines;
            }
            message.fds().forEach(fd -> connections.add(OwnedFd.adopt(fd, "taken by a worker")));
            lines.addAll(new String(message.payload(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        }
        return lines;
    }

    /** Connections that it has read. */
    List<OwnedFd> connections() {
        return connections;
    }

    void say(String text) {
        messages.send(end.number(), text.getBytes(StandardCharsets.UTF_8), List.of());
    }

    /** Closes its side of the handoff socket. */
    void closeSocket() {
        end.close();
    }

    @Override
    public void close() {
        end.close();
        connections.forEach(OwnedFd::close);
    }

    @Override
    public String toString() {
        return Objects.toString(end);
    }
}
