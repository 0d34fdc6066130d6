package dev.activator.service;

import dev.activator.service.protocol.HandoffReport;
import dev.activator.service.protocol.PassedSocketText;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of {@code Handoff=pass}: accepted connections come over this Unix socket while the service runs. What has not been
 * received here when the process dies, another one gets. docs/handoff.md. {@link #receive} is for one thread, the rest for any.
 */
public final class HandoffSocket implements AutoCloseable {
    /** The variable with the descriptor's number, and the one with the pid of whom it is for. */
    private static final String NUMBER = "HANDOFF_SOCKET";

    private static final String PID = "HANDOFF_PID";

    private final int number;
    private final SocketCalls receiving = new SocketCalls();
    private final SocketCalls reporting = new SocketCalls();
    private final NativeFunction.Memory payload = NativeFunction.memory(PassedSocketText.LONGEST);
    private final Queue<PassedConnection> received = new ArrayDeque<>();
    private long unpacked;
    private long taken;
    private boolean hasEnded;
    private volatile boolean isClosed;

    private HandoffSocket(int number) {
        this.number = number;
        receiving.closeOnExec(number);
    }

    /** The one that this process was started with; empty where HANDOFF_SOCKET is not set, or meant for another process. */
    public static Optional<HandoffSocket> inherited() {
        return of(System.getenv(), ProcessHandle.current().pid());
    }

    static Optional<HandoffSocket> of(Map<String, String> environment, long pid) {
        String text = environment.getOrDefault(NUMBER, "");
        boolean isOurs = environment.getOrDefault(PID, "").equals(Long.toString(pid));
        if (!isOurs || !text.matches("[0-9]{1,7}")) {
            return Optional.empty();
        }
        return Optional.of(new HandoffSocket(Integer.parseInt(text)));
    }

    /**
     * The one that this process was started with.
     *
     * @throws IOException where there is none: what was found instead, and what to set
     */
    public static HandoffSocket require() throws IOException {
        return inherited()
                .orElseThrow(
                        () -> new IOException(
                                System.getenv(NUMBER) == null
                                        ? "HANDOFF_SOCKET is not set: nobody passes connections to this process; that takes Handoff=pass"
                                                + " in section [X-Activator] of its socket unit"
                                        : "HANDOFF_PID is " + System.getenv(PID) + ", and this process is "
                                                + ProcessHandle.current().pid()
                                                + ": the socket was meant for another one (a wrapper script must 'exec' the JVM)"));
    }

    /** The descriptor's number, for who waits for it in another way; it is readable when {@link #receive} would not wait. */
    public int number() {
        return number;
    }

    /**
     * The next connection, which is this process's own from here on; waits for one. Null when the super-server has ended, or has no more for
     * this process.
     *
     * @throws IOException where it cannot be received. If that is for want of descriptors (RLIMIT_NOFILE), this is closed, and other
     *     processes get what was passed
     */
    public @Nullable PassedConnection receive() throws IOException {
        if (received.isEmpty()) {
            SocketCalls.Message message = next();
            if (message == null || message.isNothing()) {
                hasEnded = message == null;
                return null;
            }
            unpack(message);
        }
        PassedConnection next = received.poll();
        if (next != null) {
            taken++;
            report(new HandoffReport.Taken(
                    taken)); // before anybody reads from it: from here on nobody else may have it
        }
        return next;
    }

    /** Whether {@link #receive} has come to the end. On a descriptor that was made non-blocking it also returns null when nothing waits. */
    public boolean hasEnded() {
        return hasEnded;
    }

    private SocketCalls.@Nullable Message next() throws IOException {
        try {
            return isClosed ? null : receiving.receive(number, payload);
        } catch (SocketCalls.DescriptorsLost lost) {
            close(); // what of them came is closed; which ones are missing nobody can tell, so others get all of them
            throw lost;
        }
    }

    private void unpack(SocketCalls.Message message) {
        List<Integer> fds = message.fds();
        List<PassedSocketText> texts = PassedSocketText.decode(message.text(), fds.size());
        for (int i = 0; i < fds.size(); i++) {
            PassedSocketText text = texts.get(i);
            unpacked++;
            received.add(new PassedConnection(this, unpacked, fds.get(i), text, receiving.peerAddress(fds.get(i))));
        }
    }

    /** Whether {@link #receive} has one without looking at the descriptor. */
    boolean hasReceived() {
        return !received.isEmpty();
    }

    void close(int connection) {
        synchronized (reporting) {
            reporting.close(connection);
        }
    }

    void ended(long order) {
        report(new HandoffReport.Ended(order));
    }

    private void report(HandoffReport report) {
        synchronized (reporting) {
            try {
                if (!isClosed) {
                    reporting.send(number, report.text(), List.of(), null);
                }
            } catch (IOException nobodyIsThere) {
                // The super-server has ended, which the next receive tells; what was taken stays this process's.
            }
        }
    }

    /** Wants no more: what has not been received here goes to another process. Connections that were taken go on. */
    @Override
    public void close() {
        synchronized (reporting) {
            if (!isClosed) {
                isClosed = true;
                reporting.close(number);
            }
        }
    }
}
