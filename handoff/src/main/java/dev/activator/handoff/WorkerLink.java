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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The handoff socket of one instance, from the super-server's side: accepted connections go over it, one a message, and reports come back.
 * The instance's end stays open here, too: what the instance has not received when it dies still waits there, and is taken back. So the
 * kernel's queue says what was received, and nobody has to. docs/handoff.md. For the loop's thread.
 */
public final class WorkerLink implements AutoCloseable {
    /** Messages read in one turn of the loop. */
    private static final int TURN = 64;

    private final Reports reports;
    private final OwnedFd ours;
    private final OwnedFd theirs;
    private final UnixDatagrams messages = new UnixDatagrams(HandoffReport.LONGEST);
    private final Watch watch;
    /** Lengths of the messages that may not have been received yet, in the order in which they were sent. */
    private final Deque<Integer> lengths = new ArrayDeque<>();

    private int bytes;
    private boolean isMuted;

    /** Who hears what the instance says; after {@link #onGarbage} nothing more comes. */
    public interface Reports {
        void onReport(HandoffReport report);

        /** It said something that is no report: the beginning of that, for people. */
        void onGarbage(String text);
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

    /**
     * Passes a connection, which is made non-blocking if the instance wants that, and stays the caller's to close; false where there is no room just now, be it that the socket is full, or that
     * more descriptors are under way than the super-server may have open (ETOOMANYREFS, unix(7)).
     */
    public boolean pass(BorrowedFd connection, PassedSocketText text, boolean nonBlocking) {
        if (nonBlocking) {
            messages.setNonBlocking(connection.number());
        }
        byte[] message = text.encode().getBytes(StandardCharsets.UTF_8);
        boolean isPassed = messages.send(ours.number(), message, List.of(connection.number())) >= 0;
        if (isPassed) {
            lengths.add(message.length);
            bytes += message.length;
        }
        return isPassed;
    }

    /** How many the instance has not received. */
    public int countWaiting() {
        if (bytes > 0) {
            int left = messages.waitingBytes(theirs.number());
            while (bytes > left && !lengths.isEmpty()) {
                bytes -= lengths.remove();
            }
        }
        return lengths.size();
    }

    /** Takes back what the instance has not received, in order; the caller closes it. For when no process can receive it any more. */
    public List<OwnedFd> takeBack() {
        List<OwnedFd> back = new ArrayList<>();
        Received next = messages.receive(theirs.number());
        while (next != null && next.payload().length > 0) {
            next.fds().forEach(fd -> back.add(OwnedFd.adopt(fd, "connection that was taken back")));
            next = messages.receive(theirs.number());
        }
        lengths.clear();
        bytes = 0;
        return back;
    }

    private void receive() {
        for (int i = 0; i < TURN && isUsable(); i++) {
            Received received = messages.receive(ours.number());
            if (received == null) {
                return;
            }
            received.fds().forEach(fd -> ForeignFds.refuse(OwnedFd.adopt(fd, "sent by a worker")));
            take(new String(received.payload(), StandardCharsets.UTF_8), received.isCut());
        }
    }

    private void take(String text, boolean isCut) {
        Optional<List<HandoffReport>> understood = isCut ? Optional.empty() : HandoffReport.decode(text);
        if (understood.isEmpty()) {
            mute();
            reports.onGarbage(text.length() > 60 ? text.substring(0, 60) + "…" : text);
            return;
        }
        for (HandoffReport report : understood.get()) {
            if (isUsable()) {
                reports.onReport(report);
            }
        }
    }

    /** Hears no more, and is not to be passed more; what waits goes on waiting. */
    public void mute() {
        isMuted = true;
        watch.cancel();
    }

    /** Whether more can be passed. */
    public boolean isUsable() {
        return ours.isOpen() && !isMuted;
    }

    /** Ends it. What waits is lost, unless the instance lives and reads on. */
    @Override
    public void close() {
        watch.cancel();
        theirs.close();
        // With it goes what the worker may have sent and nobody has read.
        ForeignFds.letGo(ours);
    }
}
