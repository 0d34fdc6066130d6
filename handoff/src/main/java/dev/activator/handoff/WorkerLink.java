package dev.activator.handoff;

import dev.activator.handoff.kernel.UnixDatagrams;
import dev.activator.handoff.kernel.UnixDatagrams.Received;
import dev.activator.listener.BorrowedFd;
import dev.activator.listener.Errno;
import dev.activator.listener.Loop;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.SystemCallException;
import dev.activator.listener.Watch;
import dev.activator.service.protocol.HandoffReport;
import dev.activator.service.protocol.PassedSocketText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The handoff socket of one instance, from the super-server's side: accepted connections go over it, reports come back. What was passed and
 * lies unread there is gone with the instance, so whoever passes keeps a copy until it is reported as taken. docs/handoff.md. For the loop's
 * thread.
 */
public final class WorkerLink implements AutoCloseable {
    /** Messages read in one turn of the loop. */
    private static final int TURN = 64;

    private static final int EAGAIN = 11;
    private static final int ENOBUFS = 105;
    private static final int ENOMEM = 12;
    /** More descriptors are under way in sockets than the super-server may have open. unix(7). */
    private static final int ETOOMANYREFS = 109;

    private final Reports reports;
    private final OwnedFd ours;
    private final OwnedFd theirs;
    private final UnixDatagrams messages = new UnixDatagrams(HandoffReport.LONGEST);
    private final Watch watch;

    /** Who hears what the instance says; after {@link #onGarbage} and {@link #onClosed} nothing more comes. */
    public interface Reports {
        void onReport(HandoffReport report);

        /** It said something that is no report: the beginning of that, for people. */
        void onGarbage(String text);

        /** It has closed its side. */
        void onClosed();
    }

    /** How passing went. */
    public enum Passing {
        /** It is under way; what was passed may be closed here once it is reported as taken. */
        DONE,
        /** There is no room just now. */
        LATER,
        /** The other side is closed. */
        CLOSED
    }

    private WorkerLink(Loop loop, OwnedFd ours, OwnedFd theirs, Reports reports) {
        this.reports = reports;
        this.ours = ours;
        this.theirs = theirs;
        this.watch = loop.watch(ours.lend(), readiness -> receive());
    }

    /**
     * Makes both ends.
     *
     * @param unit the instance, as lists name it
     * @throws SystemCallException where the process may have no more descriptors
     */
    public static WorkerLink open(Loop loop, String unit, Reports reports) {
        int[] ends = new int[2];
        int result = UnixDatagrams.pair(ends);
        if (result < 0) {
            throw new SystemCallException("socketpair", new Errno(-result), "handoff socket of " + unit);
        }
        OwnedFd ours = OwnedFd.adopt(ends[0], "handoff socket of " + unit);
        OwnedFd theirs = OwnedFd.adopt(ends[1], "handoff socket for " + unit);
        try {
            return new WorkerLink(loop, ours, theirs, reports);
        } catch (RuntimeException e) {
            ours.close();
            theirs.close();
            throw e;
        }
    }

    /** What the instance is to get. */
    public BorrowedFd theirs() {
        return theirs.lend();
    }

    /** The instance has it. */
    public void handedOver() {
        theirs.close();
    }

    /** Passes connections, at most 253, all or none; they stay the caller's. */
    public Passing pass(List<BorrowedFd> connections, List<PassedSocketText> texts) {
        byte[] text = PassedSocketText.encode(texts).getBytes(StandardCharsets.UTF_8);
        int result = messages.send(
                ours.number(),
                text,
                connections.stream().map(BorrowedFd::number).toList());
        return switch (-result) {
            case EAGAIN, ENOBUFS, ENOMEM, ETOOMANYREFS -> Passing.LATER;
            default -> result < 0 ? Passing.CLOSED : Passing.DONE;
        };
    }

    private void receive() {
        for (int i = 0; i < TURN && ours.isOpen(); i++) {
            Received received = messages.receive(ours.number());
            if (received == null) {
                return;
            }
            received.fds().forEach(fd -> OwnedFd.adopt(fd, "sent by a worker").close());
            if (received.payload().length == 0) {
                close();
                reports.onClosed();
                return;
            }
            take(new String(received.payload(), StandardCharsets.UTF_8), received.isCut());
        }
    }

    private void take(String text, boolean isCut) {
        Optional<List<HandoffReport>> understood = isCut ? Optional.empty() : HandoffReport.decode(text);
        if (understood.isPresent()) {
            for (HandoffReport report : understood.get()) {
                if (ours.isOpen()) {
                    reports.onReport(report);
                }
            }
        } else {
            close();
            reports.onGarbage(text.length() > 60 ? text.substring(0, 60) + "…" : text);
        }
    }

    public boolean isOpen() {
        return ours.isOpen();
    }

    /** Ends it; what the instance has not read by now it can still read, if it lives. */
    @Override
    public void close() {
        theirs.close();
        if (ours.isOpen()) {
            watch.cancel();
            ours.close();
        }
    }
}
