package dev.activator.service;

import dev.activator.service.protocol.HandoffReport;
import dev.activator.service.protocol.PassedSocketText;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of {@code Handoff=pass}: accepted connections come over this Unix socket while the service runs. What has not been
 * received here when the process dies, another one gets. docs/handoff.md. {@link #receive} is for one thread, the rest for any.
 */
public final class HandoffSocket implements AutoCloseable {
    /** The variable with the descriptor's number, and the one with the pid of whom it is for. */
    private static final String NUMBER = "HANDOFF_SOCKET";

    private static final String PID = "HANDOFF_PID";
    /** The variable that says what the super-server wants to hear. */
    private static final String REPORTS = "HANDOFF_REPORTS";

    /** So many descriptors below the limit it is made sure each time that one is left: the lowest that is free is taken first. */
    private static final int MARGIN = 64;

    private final int number;
    private final boolean reportsEnds;
    private final SocketCalls receiving = new SocketCalls();
    private final SocketCalls reporting = new SocketCalls();
    private final NativeFunction.Memory payload = NativeFunction.memory(PassedSocketText.LONGEST);
    private final StringBuilder unreported = new StringBuilder();
    private final long mostDescriptors = receiving.mostDescriptors();
    private int lastNumber;
    private long received;
    private boolean hasEnded;
    private boolean reportsAtOnce;
    private volatile @Nullable Thread receiver;
    private volatile boolean isClosed;

    private HandoffSocket(int number, boolean reportsEnds) {
        this.number = number;
        this.reportsEnds = reportsEnds;
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
        boolean reportsEnds = environment.getOrDefault(REPORTS, "").equals("ended");
        return Optional.of(new HandoffSocket(Integer.parseInt(text), reportsEnds));
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
     * this process, or when nothing waits and the descriptor was made non-blocking.
     *
     * @throws IOException where this process may not have more descriptors (RLIMIT_NOFILE); the connection goes on waiting, and can be
     *     received once some are closed
     */
    public @Nullable PassedConnection receive() throws IOException {
        receiver = Thread.currentThread();
        if (lastNumber >= mostDescriptors - MARGIN) {
            receiving.close(receiving.copy(number)); // a descriptor that does not fit when it is received is lost
        }
        SocketCalls.Message message = isClosed ? null : receiving.receive(number, payload, reportsEnds);
        if (message != null && message.isNothing() && reportsEnds) {
            flush();
            message = receiving.receive(number, payload, false);
        }
        hasEnded = message == null;
        if (message == null || message.fds().isEmpty()) {
            return null;
        }
        received++;
        int connection = message.fds().get(0);
        lastNumber = connection;
        PassedSocketText text = PassedSocketText.decode(message.text());
        SocketAddress named = SocketAddresses.ofInet4(text.peer());
        return new PassedConnection(
                this, received, connection, text, named == null ? receiving.peerAddress(connection) : named);
    }

    /** Whether {@link #receive} has come to the end. */
    public boolean hasEnded() {
        return hasEnded;
    }

    void close(int connection) {
        synchronized (reporting) {
            reporting.close(connection);
        }
    }

    /** Has every end reported at once, since the thread that receives waits in another way than in {@link #receive}. */
    void waitsElsewhere() {
        reportsAtOnce = true;
    }

    void ended(long order) {
        if (!reportsEnds) {
            return;
        }
        boolean isOwnThread = Thread.currentThread().equals(receiver);
        report(new HandoffReport.Ended(order), isOwnThread && !reportsAtOnce);
    }

    /** @param later whether it may go together with others, at the latest before this thread waits for a connection */
    private void report(HandoffReport report, boolean later) {
        synchronized (reporting) {
            unreported.append(report.text());
            if (!later || unreported.length() > HandoffReport.LONGEST / 2) {
                flush();
            }
        }
    }

    private void flush() {
        synchronized (reporting) {
            String text = unreported.toString();
            unreported.setLength(0);
            try {
                if (!isClosed && !text.isEmpty()) {
                    reporting.send(number, text, List.of(), null);
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
                report(new HandoffReport.Closed(), false);
                isClosed = true;
                reporting.close(number);
            }
        }
    }
}
