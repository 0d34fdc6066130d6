package dev.activator.listener;

import dev.activator.listener.kernel.LibC;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The one owner of an open file descriptor. Whoever holds it closes it on every path, or gives it away with
 * {@link #move()}, after which this object is empty. Not for sharing between threads; a move hands it from one to another.
 */
public final class OwnedFd implements AutoCloseable {
    private static final int GONE = -1;

    /** What is open, by number: a map would take more room than all else that is kept of a listener. Guarded by itself. */
    private static final Inventory OPEN = new Inventory();

    private final Object purpose;
    private int number;

    private OwnedFd(int number, Object purpose) {
        this.number = number;
        this.purpose = purpose;
    }

    /**
     * Takes over a descriptor that nobody else owns and that is close-on-exec already.
     *
     * @param purpose what it is for, shown in lists and messages: {@code listener web.socket tcp 0.0.0.0:80}. A text, or something
     *     immutable whose text it is, of any thread
     */
    public static OwnedFd adopt(int fd, Object purpose) {
        if (fd < 0) {
            throw new IllegalArgumentException(purpose + ": no file descriptor: " + fd);
        }
        OPEN.put(fd, purpose);
        return new OwnedFd(fd, purpose);
    }

    /** Purposes of all descriptors that are owned right now, by number; for lists and leak reports, from any thread. */
    public static SortedMap<Integer, String> inventory() {
        return OPEN.all();
    }

    /** How many are owned right now, from any thread. */
    public static int count() {
        return OPEN.count();
    }

    /** Lends it: good until this is closed; a move does not end the loan. */
    public BorrowedFd lend() {
        return new BorrowedFd(number(), purpose);
    }

    /** Hands the ownership on and leaves this empty. */
    public OwnedFd move() {
        OwnedFd next = new OwnedFd(number(), purpose);
        number = GONE;
        return next;
    }

    /** Hands the ownership on under another purpose and leaves this empty. */
    public OwnedFd move(Object newPurpose) {
        OwnedFd next = adopt(number(), newPurpose);
        number = GONE;
        return next;
    }

    /**
     * The number, for the kernel's edge.
     *
     * @throws IllegalStateException after {@link #close()} or {@link #move()}
     */
    public int number() {
        if (number == GONE) {
            throw new IllegalStateException(purpose + ": used after it was closed or moved");
        }
        return number;
    }

    public String purpose() {
        return purpose.toString();
    }

    public boolean isOpen() {
        return number != GONE;
    }

    /**
     * Closes it; does nothing when it is closed or moved already. Cancel its watch first: while another process shares
     * the open file, epoll would go on reporting a closed descriptor.
     *
     * @throws SystemCallException with EBADF where somebody closed the number behind its owner's back, a defect
     */
    @Override
    public void close() {
        if (number == GONE) {
            return;
        }
        int closing = number;
        number = GONE;
        OPEN.remove(closing);
        // Linux releases the number whatever else close(2) reports, so only EBADF says anything about us.
        if (LibC.close(closing) == -1 && LibC.errno() == Errno.EBADF.number()) {
            throw new SystemCallException("close", Errno.EBADF, purpose + " (fd " + closing + ")");
        }
    }

    @Override
    public String toString() {
        return (isOpen() ? "fd " + number : "closed fd") + " (" + purpose + ")";
    }

    /** Purposes by number. Any thread. */
    private static final class Inventory {
        private @Nullable Object[] purposes = new Object[64];
        private int count;

        synchronized void put(int fd, Object purpose) {
            if (fd >= purposes.length) {
                purposes = Arrays.copyOf(purposes, Math.max(fd + 1, purposes.length + purposes.length / 2));
            }
            count += purposes[fd] == null ? 1 : 0;
            purposes[fd] = purpose;
        }

        synchronized void remove(int fd) {
            boolean isThere = fd < purposes.length && purposes[fd] != null;
            if (isThere) {
                count--;
                purposes[fd] = null;
            }
        }

        synchronized int count() {
            return count;
        }

        synchronized SortedMap<Integer, String> all() {
            SortedMap<Integer, String> all = new TreeMap<>();
            for (int fd = 0; fd < purposes.length; fd++) {
                Object purpose = purposes[fd];
                if (purpose != null) {
                    all.put(fd, purpose.toString());
                }
            }
            return all;
        }
    }
}
