package dev.activator.handoff;

import dev.activator.handoff.kernel.UnixDatagrams;
import dev.activator.handoff.kernel.UnixDatagrams.Received;
import dev.activator.listener.BorrowedFd;
import dev.activator.listener.Errno;
import dev.activator.listener.Kernel;
import dev.activator.listener.Loop;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.PeerCredentials;
import dev.activator.listener.SystemCallException;
import dev.activator.listener.Timer;
import dev.activator.listener.Watch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The socket at which running programs ask for the sockets of a unit by its name: one packet asks, one answers, with the descriptors, and the
 * connection ends. Anybody may ask, and the kernel says who does. docs/handoff.md. For the loop's thread.
 */
public final class FetchSocket implements AutoCloseable {
    /** Most descriptors that go with one answer. unix(7). */
    public static final int MOST = 253;

    private static final int BACKLOG = 64;
    private static final int MOST_CLIENTS = 64;
    /** Of one user other than root: whoever asks for nothing keeps a place for {@link #PATIENCE}, and must not keep them all. */
    private static final int MOST_OF_A_USER = 16;

    private static final int LONGEST = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Loop loop;
    private final Kernel kernel;
    private final String path;
    private final OwnedFd socket;
    private final Asked asked;
    private final UnixDatagrams messages = new UnixDatagrams(LONGEST);
    private final Set<Client> clients = new HashSet<>();
    private final Watch watch;

    /** Who decides. */
    public interface Asked {
        Answer answer(String request, PeerCredentials who);
    }

    /**
     * What a program gets.
     *
     * @param text {@code OK name:name} with one name for each descriptor, or {@code ERROR reason}
     * @param fds at most {@link #MOST}
     */
    public record Answer(String text, List<BorrowedFd> fds) {
        public Answer {
            fds = List.copyOf(fds);
        }

        public static Answer refused(String reason) {
            return new Answer("ERROR " + reason + "\n", List.of());
        }
    }

    private FetchSocket(Loop loop, Kernel kernel, String path, OwnedFd socket, Asked asked) {
        this.loop = loop;
        this.kernel = kernel;
        this.path = path;
        this.socket = socket;
        this.asked = asked;
        this.watch = loop.watch(socket.lend(), readiness -> accept());
    }

    /**
     * Binds and watches it; what lies at the path is removed, and programs of other users must be able to reach it.
     *
     * @throws SystemCallException where it cannot be bound there
     */
    public static FetchSocket open(Loop loop, Kernel kernel, String path, Asked asked) {
        UnixDatagrams.unlink(path);
        int number = UnixDatagrams.listen(path, BACKLOG);
        check("bind", number, path);
        OwnedFd socket = OwnedFd.adopt(number, "fetch socket " + path);
        try {
            check("chmod", UnixDatagrams.chmod(path, 0666), path);
            return new FetchSocket(loop, kernel, path, socket, asked);
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static void check(String call, int result, String path) {
        if (result < 0) {
            throw new SystemCallException(call, new Errno(-result), "fetch socket " + path);
        }
    }

    private void accept() {
        int fd = kernel.accept(socket.lend());
        if (fd < 0) {
            return;
        }
        OwnedFd connection = OwnedFd.adopt(fd, "program that fetches sockets");
        int uid = kernel.peerCredentials(connection.lend()).uid();
        if (clients.size() >= MOST_CLIENTS || hasEnough(uid)) {
            ForeignFds.letGo(connection);
            return;
        }
        Client client = new Client(connection, uid);
        clients.add(client);
        client.begin();
    }

    private boolean hasEnough(int uid) {
        return uid != 0 && clients.stream().filter(client -> client.uid == uid).count() >= MOST_OF_A_USER;
    }

    private final class Client {
        private final OwnedFd connection;
        private final int uid;
        private @Nullable Watch request;
        private @Nullable Timer limit;

        Client(OwnedFd connection, int uid) {
            this.connection = connection;
            this.uid = uid;
        }

        void begin() {
            request = loop.watch(connection.lend(), readiness -> answer());
            limit = loop.after(PATIENCE, "end of a program that asks for nothing", this::end);
        }

        private void answer() {
            try {
                Received received = messages.receive(connection.number());
                if (received != null && received.payload().length > 0) {
                    received.fds().forEach(fd -> ForeignFds.refuse(OwnedFd.adopt(fd, "sent by a program")));
                    String text = new String(received.payload(), StandardCharsets.UTF_8).strip();
                    Answer answer = asked.answer(text, kernel.peerCredentials(connection.lend()));
                    // As a service gets them at its start; who shares the listener here does not rely on it.
                    answer.fds().forEach(fd -> kernel.setNonBlocking(fd, false));
                    messages.send(
                            connection.number(),
                            answer.text().getBytes(StandardCharsets.UTF_8),
                            answer.fds().stream().map(BorrowedFd::number).toList());
                }
            } finally {
                end();
            }
        }

        void end() {
            if (request != null) {
                request.cancel();
            }
            if (limit != null) {
                limit.cancel();
            }
            // What it has sent beyond its question is closed with it.
            ForeignFds.letGo(connection);
            clients.remove(this);
        }
    }

    /** Stops listening and removes the node. */
    @Override
    public void close() {
        List.copyOf(clients).forEach(Client::end);
        watch.cancel();
        socket.close();
        UnixDatagrams.unlink(path);
    }
}
