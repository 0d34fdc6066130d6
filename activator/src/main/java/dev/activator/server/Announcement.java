package dev.activator.server;

import dev.activator.handoff.NotifyClient;
import dev.activator.handoff.NotifyMessage;
import dev.activator.listener.OwnedFd;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once, in three ways, that all listeners are bound: a line on standard output, READY=1, and the descriptor of --ready-fd. */
final class Announcement {
    private static final Logger LOG = LoggerFactory.getLogger("activator");

    private Announcement() {}

    static void make(Units units, PrintStream out, int readyFd, Map<String, String> environment) {
        String line = line(units);
        out.println(line);
        out.flush();
        if (readyFd >= 0) {
            tell(readyFd, line);
        }
        NotifyClient.of(environment).ifPresent(client -> client.send(NotifyMessage.of("READY", "1", "STATUS", line)));
    }

    private static String line(Units units) {
        long listeners = units.sockets().stream()
                .mapToLong(socket -> socket.listeners().size())
                .sum();
        long open = units.sockets().stream()
                .filter(socket -> socket.state().isOpen())
                .count();
        long waiting = units.sockets().stream()
                .filter(socket -> socket.state() == SocketState.UNBOUND || socket.state() == SocketState.FAILED)
                .count();
        return "ready: " + count(listeners, "listener") + " of " + count(open, "socket unit")
                + (waiting == 0 ? "" : ", " + waiting + " could not be bound (see 'activator list-sockets --all')");
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** The descriptor was opened by our parent, who waits for its end too; /dev/fd gives a stream on it. */
    private static void tell(int fd, String line) {
        try (OutputStream stream = new FileOutputStream("/dev/fd/" + fd)) {
            stream.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.warn("cannot write to --ready-fd {}: {}", fd, e.getMessage());
        } finally {
            OwnedFd.adopt(fd, "--ready-fd").close();
        }
    }
}
