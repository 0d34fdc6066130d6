package dev.activator.handoff;

import dev.activator.handoff.kernel.Descriptors;
import dev.activator.listener.Errno;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.SystemCallException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A few descriptors with low numbers, reserved before the listeners take thousands. A child that finds all it needs among them takes
 * over the table up to there instead of copying the whole one, whose copy (and closing) would cost more than the launch.
 */
final class LowDescriptors implements AutoCloseable {
    private static final int RESERVED = 24;
    /** Copying and closing that many costs about as much as lending two and waiting for the child, which is busy elsewhere. */
    static final int SMALL_TABLE = 250;

    private final OwnedFd devNull;
    private final List<OwnedFd> slots;
    private final Deque<OwnedFd> idle;
    private final int end;

    private LowDescriptors(OwnedFd devNull, List<OwnedFd> slots) {
        this.devNull = devNull;
        this.slots = slots;
        idle = new ArrayDeque<>(slots);
        int highest = devNull.number();
        for (OwnedFd slot : slots) {
            highest = Math.max(highest, slot.number());
        }
        end = highest + 1;
    }

    /** Takes the lowest numbers that are free now; {@link #close} gives them back. */
    static LowDescriptors reserve() {
        OwnedFd devNull = own(Descriptors.openDevNull(), "/dev/null of launches");
        List<OwnedFd> slots = new ArrayList<>();
        for (int i = 0; i < RESERVED; i++) {
            slots.add(own(Descriptors.duplicate(devNull.number()), "reserved for launches"));
        }
        return new LowDescriptors(devNull, slots);
    }

    private static OwnedFd own(int fd, String purpose) {
        if (fd < 0) {
            throw new SystemCallException("open", new Errno(-fd), purpose);
        }
        return OwnedFd.adopt(fd, purpose);
    }

    int devNull() {
        return devNull.number();
    }

    /** The first number beyond all of them. */
    int end() {
        return end;
    }

    /**
     * About how many descriptors this process has: the lowest number that is free, whatever stands above it.
     *
     * @param before what it was, for when none is free
     */
    int tableSize(int before) {
        int free = Descriptors.lowestFree(devNull.number());
        return free < 0 ? before : free;
    }

    /**
     * Whether lending beats copying the table.
     *
     * @param count how many descriptors the child needs
     * @param tableSize about how many there are
     */
    boolean isWorthwhile(int count, int tableSize) {
        return tableSize > Math.max(SMALL_TABLE, end) && count <= RESERVED;
    }

    /** Whether so many can be lent while others are. */
    boolean hasRoomFor(int count) {
        return idle.size() >= count;
    }

    /** The sources as low numbers, until the loan is closed. */
    Loan lend(int[] sources) throws Refused {
        Loan loan = new Loan(sources.length);
        try {
            for (int target = 0; target < sources.length; target++) {
                loan.add(target, sources);
            }
        } catch (SystemCallException refused) {
            loan.close();
            throw new Refused(refused.errno());
        }
        return loan;
    }

    @Override
    public void close() {
        slots.forEach(OwnedFd::close);
        devNull.close();
    }

    /** Copies under reserved numbers; they go back to being copies of /dev/null. */
    final class Loan implements AutoCloseable {
        private final int[] lent;
        private final Deque<OwnedFd> used = new ArrayDeque<>(4);

        private Loan(int count) {
            lent = new int[count];
        }

        private void add(int target, int[] sources) {
            int source = sources[target];
            if (source == devNull.number()) {
                lent[target] = source;
                return;
            }
            // A connection is most often input, output and errors at once.
            if (target > 0 && sources[target - 1] == source) {
                lent[target] = lent[target - 1];
                return;
            }
            OwnedFd slot = idle.pop();
            used.push(slot);
            int refused = Descriptors.duplicate(source, slot.number());
            if (refused < 0) {
                throw new SystemCallException("dup3", new Errno(-refused), "fd " + source);
            }
            lent[target] = slot.number();
        }

        /** By target. */
        int[] sources() {
            return lent;
        }

        @Override
        public void close() {
            while (!used.isEmpty()) {
                OwnedFd slot = used.pop();
                Descriptors.duplicate(devNull.number(), slot.number());
                idle.push(slot);
            }
        }
    }

    /** A source that is not open. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Errno errno;

        Refused(Errno errno) {
            super(errno.toString());
            this.errno = errno;
        }

        Errno errno() {
            return errno;
        }
    }
}
