package dev.activator.listener;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Accepted connections that have sent nothing yet. A bounded number waits, each for a bounded time: one more sends the oldest away, so that
 * whoever connects and says nothing keeps nobody out. For the loop's thread.
 */
public final class WaitingRoom {
    /** Descriptors that it may hold at a time. */
    static final int MOST = 256;

    private final Kernel kernel;
    private final Loop loop;
    private final Set<Guest> guests = new LinkedHashSet<>();

    /** What became of one who was waited for. */
    public interface Outcome {
        /** It has sent something; the callee owns the connection. */
        void onFirstByte(Accepted.Connection connection);

        /** It went, or its time was over; its connection is closed. */
        void onSilent(Accepted.Connection connection);
    }

    public WaitingRoom(Kernel kernel, Loop loop) {
        this.kernel = kernel;
        this.loop = loop;
    }

    /**
     * Waits for the first byte; where there is one already the outcome is told at once. Owns the connection.
     *
     * @param host for whom it waits, and who may {@link #sendAway} all of its guests
     */
    public void admit(Object host, Accepted.Connection connection, Duration patience, Outcome outcome) {
        if (guests.size() >= MOST) {
            Iterator<Guest> oldest = guests.iterator();
            oldest.next().leave();
        }
        Guest guest = new Guest(host, connection, outcome);
        guests.add(guest);
        guest.wait(patience);
    }

    /** Closes the connections of all who wait for that host, and tells nobody. */
    public void sendAway(Object host) {
        for (Guest guest : List.copyOf(guests)) {
            if (guest.host == host) {
                guest.end();
                guest.connection.fd().close();
            }
        }
    }

    /** How many wait. */
    public int count() {
        return guests.size();
    }

    /** Sends everybody away. */
    public void close() {
        Set.copyOf(guests).forEach(Guest::leave);
    }

    private final class Guest {
        private final Object host;
        private final Accepted.Connection connection;
        private final Outcome outcome;
        private @Nullable Watch watch;
        private @Nullable Timer timer;

        Guest(Object host, Accepted.Connection connection, Outcome outcome) {
            this.host = host;
            this.connection = connection;
            this.outcome = outcome;
        }

        void wait(Duration patience) {
            if (look()) {
                return;
            }
            watch = loop.watch(connection.fd().lend(), readiness -> look());
            timer = loop.after(patience, "wait for a first byte", this::leave);
        }

        /** Whether the wait is over. */
        private boolean look() {
            int waiting = kernel.peek(connection.fd().lend());
            if (waiting == -Errno.EAGAIN.number()) {
                return false;
            }
            if (waiting > 0) {
                end();
                outcome.onFirstByte(connection);
            } else {
                leave();
            }
            return true;
        }

        void leave() {
            end();
            connection.fd().close();
            outcome.onSilent(connection);
        }

        private void end() {
            guests.remove(this);
            if (watch != null) {
                watch.cancel();
                watch = null;
            }
            if (timer != null) {
                timer.cancel();
                timer = null;
            }
        }
    }
}
