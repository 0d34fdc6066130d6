package dev.activator.server;

import dev.activator.config.UnitName;
import dev.activator.handoff.WorkerLink;
import dev.activator.listener.BorrowedFd;
import dev.activator.service.protocol.HandoffReport;
import dev.activator.service.protocol.PassedSocketText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One instance that connections are passed to, and what is known of those: under way, taken, ended. */
final class Worker implements WorkerLink.Reports, Passed {
    private final UnitName name;
    private final Events events;
    private final Deque<PassedOn> untaken = new ArrayDeque<>();
    private final List<PassedOn> next = new ArrayList<>();
    /** Taken ones that count until they end, by their number. */
    private final Map<Long, PassedOn> counted = new HashMap<>();

    private @Nullable WorkerLink link;
    private long passed;
    private long taken;
    private long ended;
    private long passedBefore;
    private boolean isJammed;

    /** The pool that it belongs to. */
    interface Events {
        /** It has room, or is less busy than before. */
        void relieved();

        /** It wants no more. */
        void closed(Worker worker);

        /** It must end: what it said is no report. */
        void broken(Worker worker, String why);
    }

    Worker(UnitName name, Events events) {
        this.name = name;
        this.events = events;
    }

    UnitName name() {
        return name;
    }

    /** A run of it begins with this link. */
    void begin(WorkerLink fresh) {
        if (link != null) {
            link.close();
        }
        link = fresh;
        passed = 0;
        taken = 0;
        ended = 0;
        passedBefore = 0;
        isJammed = false;
    }

    @Nullable
    WorkerLink link() {
        return link;
    }

    /** Whether its run has a link that is open. */
    boolean isConnected() {
        return link != null && link.isOpen();
    }

    /** How many more it may be given. */
    int room(int backlog, int mostConnections) {
        if (!isConnected() || isJammed) {
            return 0;
        }
        int waiting = backlog - untaken.size() - next.size();
        long open = mostConnections == 0 ? waiting : mostConnections - open() - next.size();
        return (int) Math.max(0, Math.min(waiting, open));
    }

    /** Connections that it has, as far as it reports ends; those under way included. */
    long open() {
        return Math.max(0, passed - ended);
    }

    /** What the least loaded has least of. */
    long load() {
        return next.size() + (ended > 0 ? open() : untaken.size());
    }

    @Override
    public int untaken() {
        return untaken.size();
    }

    /** When the oldest that it has not taken was passed, in the loop's nanoseconds; now where there is none. */
    long untakenSince(long now) {
        PassedOn oldest = untaken.peekFirst();
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
        return ended > 0 ? (int) Math.min(Integer.MAX_VALUE, taken - ended) : Integer.MAX_VALUE;
    }

    /** To be passed with the next {@link #flush}. */
    void give(PassedOn connection) {
        next.add(connection);
    }

    /** Passes what it was given; returns what it cannot be passed. {@code now}: in the loop's nanoseconds. */
    List<PassedOn> flush(long now) {
        WorkerLink present = link;
        List<PassedOn> left = new ArrayList<>(next);
        next.clear();
        while (!left.isEmpty() && present != null && present.isOpen()) {
            List<PassedOn> some = left.subList(0, Math.min(left.size(), PassedSocketText.MOST));
            List<BorrowedFd> fds =
                    some.stream().map(each -> each.connection().fd().lend()).toList();
            WorkerLink.Passing passing =
                    present.pass(fds, some.stream().map(PassedOn::text).toList());
            if (passing != WorkerLink.Passing.DONE) {
                isJammed = true; // until it has taken something, or is gone
                break;
            }
            some.forEach(each -> untaken.add(each.at(now)));
            passed += some.size();
            some.clear();
        }
        return left;
    }

    @Override
    public void onReport(HandoffReport report) {
        if (report instanceof HandoffReport.Taken reported) {
            take(reported.count());
        } else if (report instanceof HandoffReport.Ended reported) {
            end(reported.number());
        }
    }

    private void take(long count) {
        if (count > passed || count < taken) {
            onGarbage("TAKEN " + count + ", of " + passed + " that were passed and " + taken + " taken before");
            return;
        }
        while (taken < count) {
            PassedOn connection = untaken.remove();
            taken++;
            connection.release();
            if (connection.isCounted()) {
                counted.put(taken, connection);
            } else {
                connection.forget();
            }
        }
        isJammed = false;
        events.relieved();
    }

    private void end(long number) {
        if (number > taken) {
            onGarbage("ENDED " + number + ", of " + taken + " that were taken");
            return;
        }
        ended = Math.min(taken, ended + 1);
        PassedOn connection = counted.remove(number);
        if (connection != null) {
            connection.forget();
        }
        events.relieved();
    }

    @Override
    public void onGarbage(String text) {
        if (link != null) {
            link.close();
        }
        events.broken(this, "said on its handoff socket: " + text);
    }

    @Override
    public void onClosed() {
        events.closed(this);
    }

    /** All that it has not taken, which it cannot take any more: its run is over, or it has closed its side. */
    List<PassedOn> withdraw() {
        List<PassedOn> all = new ArrayList<>(untaken);
        all.addAll(next);
        untaken.clear();
        next.clear();
        return all;
    }

    /** Its run is over. */
    List<PassedOn> finish() {
        if (link != null) {
            link.close();
            link = null;
        }
        counted.values().forEach(PassedOn::forget);
        counted.clear();
        ended = passed;
        return withdraw();
    }
}
