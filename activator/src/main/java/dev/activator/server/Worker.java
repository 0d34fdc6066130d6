package dev.activator.server;

import dev.activator.config.UnitName;
import dev.activator.handoff.WorkerLink;
import dev.activator.listener.OwnedFd;
import dev.activator.service.protocol.HandoffReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One instance that connections are passed to, and what is known of those: under way, received, ended. */
final class Worker implements WorkerLink.Reports, Passed {
    private final UnitName name;
    private final int number;
    private final Events events;
    /** Passed and, as far as is known, not received, oldest first. */
    private final Deque<PassedOn> underWay = new ArrayDeque<>();
    /** Received ones that count until they end, by their number. */
    private final Map<Long, PassedOn> counted = new HashMap<>();

    private @Nullable WorkerLink link;
    private long passed;
    private long ended;
    private long passedBefore;

    /** The pool that it belongs to. */
    interface Events {
        /** It is less busy than before. */
        void relieved();

        /** It wants no more. */
        void closed(Worker worker);

        /** It must end: what it said is no report. */
        void broken(Worker worker, String why);
    }

    /** @param number where it stands among those of its pool, from 1 */
    Worker(UnitName name, int number, Events events) {
        this.name = name;
        this.number = number;
        this.events = events;
    }

    UnitName name() {
        return name;
    }

    int number() {
        return number;
    }

    /** A run of it begins with this link. */
    void begin(WorkerLink fresh) {
        link = fresh;
        passed = 0;
        ended = 0;
        passedBefore = 0;
    }

    /** Whether its run has a link that more can be passed over. */
    boolean isConnected() {
        return link != null && link.isUsable();
    }

    /** How many more it may be given; where that seems to be none, the kernel is asked. */
    int room(int backlog, int mostConnections) {
        if (!isConnected()) {
            return 0;
        }
        long room = (long) backlog - (underWay.size() < backlog ? underWay.size() : untaken());
        if (mostConnections > 0) {
            room = Math.min(room, mostConnections - open());
        }
        return (int) Math.max(0, room);
    }

    /** Connections that it has, as far as it reports ends; those under way included. */
    long open() {
        return Math.max(0, passed - ended);
    }

    /** What the least loaded has least of. */
    long load() {
        return ended > 0 ? open() : underWay.size();
    }

    @Override
    public int untaken() {
        int waiting = link == null ? 0 : link.countWaiting();
        while (underWay.size() > waiting) {
            received(underWay.remove());
        }
        return waiting;
    }

    private void received(PassedOn connection) {
        if (connection.isCounted()) {
            counted.put(passed - underWay.size(), connection);
        } else {
            connection.forget();
        }
    }

    /** Since when the oldest waits that it has not received, in the loop's nanoseconds; now where there is none. */
    long untakenSince(long now) {
        PassedOn oldest = untaken() == 0 ? null : underWay.peekFirst();
        return oldest == null ? now : oldest.since();
    }

    @Override
    public int sinceAsked() {
        int since = (int) (passed - passedBefore);
        passedBefore = passed;
        return since;
    }

    @Override
    public int mostTaken() {
        return ended > 0 ? (int) Math.min(Integer.MAX_VALUE, open() - untaken()) : Integer.MAX_VALUE;
    }

    /** Passes it; false where it cannot be just now. {@code now}: in the loop's nanoseconds. */
    boolean pass(PassedOn connection, boolean nonBlocking, long now) {
        WorkerLink present = link;
        if (present == null || !present.pass(connection.connection().fd().lend(), connection.text(), nonBlocking)) {
            return false;
        }
        underWay.add(connection.passed(now));
        passed++;
        return true;
    }

    @Override
    public void onReport(HandoffReport report) {
        if (report instanceof HandoffReport.Ended reported) {
            end(reported.number());
        } else {
            if (link != null) {
                link.mute();
            }
            events.closed(this);
        }
    }

    private void end(long number) {
        untaken();
        long received = passed - underWay.size();
        if (number > received) {
            onGarbage("ENDED " + number + ", of " + received + " that it has received");
            return;
        }
        ended = Math.min(received, ended + 1);
        PassedOn connection = counted.remove(number);
        if (connection != null) {
            connection.forget();
        }
        events.relieved();
    }

    @Override
    public void onGarbage(String text) {
        if (link != null) {
            link.mute();
        }
        events.broken(this, "said on its handoff socket: " + text);
    }

    /** All that it has not received, which no process of it can receive any more. */
    List<PassedOn> takeBack() {
        if (link == null) {
            return List.of();
        }
        untaken();
        List<PassedOn> back = new ArrayList<>();
        for (OwnedFd fd : link.takeBack()) {
            back.add(underWay.remove().back(fd));
        }
        return back;
    }

    /** Its run is over: what it has not received. */
    List<PassedOn> finish() {
        List<PassedOn> back = takeBack();
        if (link != null) {
            link.close();
            link = null;
        }
        counted.values().forEach(PassedOn::forget);
        counted.clear();
        ended = passed;
        return back;
    }
}
