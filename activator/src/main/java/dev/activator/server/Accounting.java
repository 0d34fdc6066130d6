package dev.activator.server;

import dev.activator.accounting.End;
import dev.activator.accounting.History;
import dev.activator.config.UnitName;
import dev.activator.control.Counts;
import dev.activator.control.Event;
import dev.activator.control.EventFeed;
import dev.activator.control.UnitCounts;
import dev.activator.control.WakeReport;
import dev.activator.listener.Listener;
import dev.activator.listener.Timer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Has the history told when services wake and sleep, and has those that have processes looked at: soon after they woke, then less and less
 * often, and never so often that looking takes more than a fixed share of one processor. Where nothing runs there is no timer. An instance
 * that serves one connection is told of when it has gone with it, below its template's name, and not looked at. For the loop's thread.
 */
final class Accounting implements ServiceObserver {
    private static final Duration FIRST_LOOK = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    /** One that stands still changes only where the kernel takes its memory. */
    private static final Duration LONGEST_STILL = Duration.ofHours(1);
    /** Of the super-server's own memory. */
    private static final Duration OWN_PAUSE = Duration.ofMinutes(1);
    /** Looking may take 0.2 % of one processor on its own thread, and as much again on the loop. */
    private static final int COST = 500;

    /** Connections that are recorded each second; all are counted. */
    private static final int SERVED_A_SECOND = 20;

    private static final double NANOS = 1e9;

    private final Surroundings surroundings;
    private final History history;
    private final EventFeed feed;
    private final Eyes eyes;
    private final Map<UnitName, Followed> followed = new HashMap<>();
    private final PriorityQueue<Followed> due =
            new PriorityQueue<>((one, other) -> Long.compare(one.lookAt, other.lookAt));
    private final Map<UnitName, WakeTally> tallies = new TreeMap<>();
    private final WakingClients clients = new WakingClients();
    private final RateLimit served = new RateLimit(Duration.ofSeconds(1), SERVED_A_SECOND);
    private long looks;
    private long lookNanos;
    private @Nullable Timer timer;
    private boolean isLooking;
    private long notBefore;
    private long ownLookAt;

    /** What is seen of services. */
    interface Eyes {
        /** Its listeners, for those who wait in their queues. */
        List<Listener> listeners(UnitName service);

        /** Whether nobody uses it; empty where nobody watches that. */
        Optional<Boolean> isIdle(UnitName service);
    }

    /** A service that has processes. */
    private static final class Followed {
        private final ServiceInstance instance;
        private boolean isAwake;
        /** Its main process ended before anybody stopped it. */
        private boolean hasExited;

        private Duration pause = FIRST_LOOK;
        private long lookAt;

        Followed(ServiceInstance instance) {
            this.instance = instance;
        }
    }

    Accounting(Surroundings surroundings, History history, EventFeed feed, Eyes eyes) {
        this.surroundings = surroundings;
        this.history = history;
        this.feed = feed;
        this.eyes = eyes;
        this.notBefore = surroundings.nanoTime();
        this.ownLookAt = surroundings.nanoTime();
    }

    /** Eyes that look where the machines are. */
    static Eyes eyes(Function<UnitName, List<Listener>> listeners, Function<UnitName, @Nullable IdleWatch> watches) {
        return new Eyes() {
            @Override
            public List<Listener> listeners(UnitName service) {
                return listeners.apply(service);
            }

            @Override
            public Optional<Boolean> isIdle(UnitName service) {
                IdleWatch watch = watches.apply(service);
                Observation last = watch == null ? null : watch.last();
                return watch == null || last == null
                        ? Optional.empty()
                        : Optional.of(watch.policy().usedBy(last) == null);
            }
        };
    }

    @Override
    public void onServiceState(ServiceInstance instance, ServiceState from, ServiceState to) {
        Followed present = followed.get(instance.name());
        if (to == ServiceState.READY || to == ServiceState.EXITED) {
            if (present == null || !present.isAwake) {
                woke(instance, present);
            }
        } else if (present != null && from.isUp() && to.isGoingDown()) {
            present.hasExited = instance.run().mainStatus() != null;
        } else if (to == ServiceState.FROZEN) {
            frozen(instance, present);
        } else if (to.isDown() || to == ServiceState.BACKING_OFF) {
            ended(instance, from, to);
        }
    }

    @Override
    public void onServed(ServiceInstance instance, ServiceState end) {
        long micros = instance.lastWakeMicros();
        if (micros < 0) {
            return;
        }
        End how = end == ServiceState.DEAD ? End.EXITED : End.FAILED;
        WakeTally tally = tally(instance.name().template());
        tally.woke(micros);
        tally.ended(how);
        if (served.admit(surroundings.nanoTime())) {
            InstanceView view = instance.view();
            WakeReport report = Objects.requireNonNull(view.lastWake());
            String unit = instance.name().template().toString();
            String failure = view.run().failure();
            String why = how == End.FAILED && !failure.isEmpty() ? failure : view.cause();
            history.served(unit, report, surroundings.now(), how, why);
            feed.publish(Event.Kind.WAKE, instance.name().toString(), wakeText(report));
            feed.publish(Event.Kind.END, instance.name().toString(), how.word() + ": " + why);
        }
    }

    private static String wakeText(WakeReport report) {
        return "after " + report.totalMicros() + " us, by " + report.cause();
    }

    private void woke(ServiceInstance instance, @Nullable Followed present) {
        tellWake(instance);
        Followed one = present == null ? new Followed(instance) : present;
        one.isAwake = true;
        followed.put(instance.name(), one);
        lookSoon(one);
    }

    private void tellWake(ServiceInstance instance) {
        WakeReport report = instance.view().lastWake();
        if (report != null) {
            List<Listener> listeners = eyes.listeners(instance.name());
            history.woke(
                    instance.name().toString(), () -> clients.name(report, listeners), countWaiting(listeners, report));
            tally(instance.name()).woke(report.totalMicros());
            feed.publish(Event.Kind.WAKE, instance.name().toString(), wakeText(report));
        }
    }

    /** At least the one who woke it; nobody where it was an order. To find a Unix socket's queue costs a walk over the host's Unix sockets. */
    private int countWaiting(List<Listener> listeners, WakeReport report) {
        if (!WakingClients.isClient(report)) {
            return 0;
        }
        int waiting = 0;
        for (Listener listener : listeners) {
            boolean isCheap = listener.isOpen() && listener.isConnectionOriented() && listener.isInternet();
            waiting += isCheap ? Math.max(0, listener.pendingConnections()) : 0;
        }
        return Math.max(1, waiting);
    }

    private void frozen(ServiceInstance instance, @Nullable Followed present) {
        if (present != null && present.isAwake) {
            tellEnd(instance, End.FROZEN);
            present.isAwake = false;
            lookSoon(present);
        }
    }

    private void ended(ServiceInstance instance, ServiceState from, ServiceState to) {
        Followed present = followed.remove(instance.name());
        if (present != null) {
            due.remove(present);
        }
        boolean hasFailed = to != ServiceState.DEAD;
        boolean wasStarting = present == null && from != ServiceState.DEAD && from != ServiceState.BACKING_OFF;
        if (wasStarting && hasFailed) {
            tellWake(instance);
        }
        if (present != null || (wasStarting && hasFailed)) {
            boolean hasExited = present != null && present.hasExited;
            tellEnd(instance, hasFailed ? End.FAILED : hasExited ? End.EXITED : End.STOPPED);
        }
    }

    private void tellEnd(ServiceInstance instance, End end) {
        InstanceView view = instance.view();
        String failure = view.run().failure();
        String why =
                end == End.FAILED && !failure.isEmpty() ? failure : end == End.FROZEN ? view.asleep() : view.cause();
        history.ended(instance.name().toString(), surroundings.now(), end, why);
        tally(instance.name()).ended(end);
        feed.publish(Event.Kind.END, instance.name().toString(), end.word() + ": " + why);
    }

    private void lookSoon(Followed one) {
        due.remove(one);
        one.pause = FIRST_LOOK;
        one.lookAt = surroundings.nanoTime() + one.pause.toNanos();
        due.add(one);
        arm();
    }

    private void arm() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        Followed next = due.peek();
        if (next != null && !isLooking) {
            long wait = Math.max(next.lookAt, notBefore) - surroundings.nanoTime();
            timer = surroundings
                    .loop()
                    .after(Duration.ofNanos(Math.max(0, wait)), "look at " + next.instance.name(), this::look);
        }
    }

    private void look() {
        timer = null;
        Followed one = due.poll();
        if (one == null) {
            return;
        }
        UnitName name = one.instance.name();
        List<Integer> pids = one.instance.processes().pids();
        Optional<Path> cgroup = one.instance.processes().cgroupDirectory();
        isLooking = true;
        if (pids.isEmpty() && one.instance.state() != ServiceState.EXITED) {
            // Its end is about to be told.
            looked(one, 0);
            return;
        }
        Optional<Boolean> isIdle = one.isAwake ? eyes.isIdle(name) : Optional.empty();
        history.look(
                name.toString(),
                pids,
                cgroup,
                one.isAwake,
                isIdle,
                (nanos, memory) -> surroundings.loop().execute(() -> {
                    looks++;
                    lookNanos += nanos;
                    if (followed.get(name) == one) {
                        tally(one.instance.name()).looked(memory);
                    }
                    looked(one, nanos);
                }));
    }

    private WakeTally tally(UnitName service) {
        return tallies.computeIfAbsent(service, name -> new WakeTally());
    }

    /** What was counted so far. */
    Counts counts() {
        List<UnitCounts> units = new ArrayList<>();
        tallies.forEach((name, tally) -> units.add(tally.counts(name.toString())));
        return new Counts(units, looks, lookNanos / NANOS);
    }

    private void looked(Followed one, long nanos) {
        isLooking = false;
        long now = surroundings.nanoTime();
        notBefore = now + nanos * COST;
        if (followed.get(one.instance.name()) == one && !due.contains(one)) {
            Duration most = one.isAwake ? LONGEST_PAUSE : LONGEST_STILL;
            one.lookAt = now + one.pause.toNanos();
            Duration longer = one.pause.multipliedBy(2);
            one.pause = longer.compareTo(most) > 0 ? most : longer;
            due.add(one);
        }
        if (now >= ownLookAt) {
            ownLookAt = now + OWN_PAUSE.toNanos();
            history.signOfLife();
        }
        arm();
    }

    /** Nothing is looked at any more. */
    void close() {
        due.clear();
        followed.clear();
        arm();
    }
}
