package dev.activator.control;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What happens, for those who follow it, and the latest for those who come later. One who does not keep up loses events and is told how many.
 * Transitions, of which there may be thousands a second, are only for those who follow. Any thread.
 */
public final class EventFeed {
    private static final int KEPT = 256;
    private static final int QUEUED = 1024;

    private final InstantSource clock;
    private final Deque<Event> latest = new ArrayDeque<>();
    private final List<Follower> followers = new ArrayList<>();
    private long number;

    public EventFeed(InstantSource clock) {
        this.clock = clock;
    }

    /** One who follows; to be closed. */
    public final class Follower implements AutoCloseable {
        private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(QUEUED);
        private long lost;

        /** The next event; null where none came in time. */
        public @Nullable Event next(long millis) throws InterruptedException {
            return queue.poll(millis, TimeUnit.MILLISECONDS);
        }

        /** How many were lost since it was asked before. */
        public long takeLost() {
            synchronized (EventFeed.this) {
                long count = lost;
                lost = 0;
                return count;
            }
        }

        @Override
        public void close() {
            synchronized (EventFeed.this) {
                followers.remove(this);
            }
        }
    }

    /** Whether anybody would see a transition. */
    public synchronized boolean isFollowed() {
        return !followers.isEmpty();
    }

    /** Tells all who follow; never waits. */
    public synchronized void publish(Event.Kind kind, String unit, String text) {
        if (kind == Event.Kind.TRANSITION && followers.isEmpty()) {
            return;
        }
        number++;
        Event event = new Event(number, clock.instant(), kind, unit, text);
        if (kind != Event.Kind.TRANSITION) {
            latest.add(event);
            if (latest.size() > KEPT) {
                latest.remove();
            }
        }
        for (Follower follower : followers) {
            if (!follower.queue.offer(event)) {
                follower.lost++;
            }
        }
    }

    /** The latest that are remembered, oldest first, at most 256. */
    public synchronized List<Event> latest() {
        return List.copyOf(latest);
    }

    /**
     * Follows from now on.
     *
     * @param after events with a greater number that are still remembered come first
     */
    public synchronized Follower follow(long after) {
        Follower follower = new Follower();
        latest.stream().filter(event -> event.number() > after).forEach(follower.queue::add);
        followers.add(follower);
        return follower;
    }
}
