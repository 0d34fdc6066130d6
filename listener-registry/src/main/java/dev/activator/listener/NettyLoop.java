package dev.activator.listener;

import dev.activator.listener.kernel.EpollInterest;
import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The {@link Loop} on a Netty event loop with epoll. */
public final class NettyLoop implements Loop, AutoCloseable {
    private static final Duration LONGEST_DELAY = Duration.ofDays(36_500);
    private static final long SHUTDOWN_SECONDS = 5;

    private final IoEventLoop eventLoop;
    /** By the descriptor's number. */
    private @Nullable FdWatch[] watches = new FdWatch[64];

    private int turn;
    private boolean isTurnToEnd;
    private BiConsumer<String, Throwable> failureListener = (purpose, failure) -> {};

    /** Runs on a given event loop, which has {@link EpollInterest#handlerFactory} as its handler; closing this ends it. */
    public NettyLoop(IoEventLoop eventLoop) {
        this.eventLoop = eventLoop;
    }

    /** Starts a thread of that name with a loop on it. */
    public static NettyLoop start(String threadName) {
        ThreadFactory threads = task -> new Thread(task, threadName);
        return new NettyLoop(new SleepingEventLoop(threads, EpollInterest.handlerFactory()));
    }

    /**
     * Names the one who is told of what a callback, timer or command threw: the purpose and the failure, on the loop's
     * thread. To be set before the first watch; what the listener itself throws is dropped.
     */
    public void onCallbackFailure(BiConsumer<String, Throwable> listener) {
        failureListener = listener;
    }

    @Override
    public Watch watch(BorrowedFd fd, ReadinessCallback callback) {
        return watch(fd, callback, false);
    }

    @Override
    public Watch watchEnd(BorrowedFd fd, ReadinessCallback callback) {
        return watch(fd, callback, true);
    }

    private Watch watch(BorrowedFd fd, ReadinessCallback callback, boolean isEndOnly) {
        requireLoop();
        int number = fd.number();
        if (number >= watches.length) {
            watches = Arrays.copyOf(watches, Math.max(number + 1, watches.length + watches.length / 2));
        }
        FdWatch present = watches[number];
        if (present != null) {
            throw new IllegalStateException(fd + " is watched already, as " + present);
        }
        FdWatch watch = new FdWatch(this, fd, callback, isEndOnly);
        watch.arm();
        watches[number] = watch;
        return watch;
    }

    void forget(FdWatch watch) {
        int number = watch.fd().number();
        if (watches[number] == watch) {
            watches[number] = null;
        }
    }

    /** Numbers the turns in which something is armed. */
    int turn() {
        return turn;
    }

    /** The same, and another one once all events are handed out that epoll may have told of before now. */
    int turnOfArming() {
        if (!isTurnToEnd) {
            isTurnToEnd = true;
            // Tasks run after the turn's events and before the next epoll_wait.
            execute(() -> {
                turn++;
                isTurnToEnd = false;
            });
        }
        return turn;
    }

    @Override
    public Timer after(Duration delay, Object purpose, Runnable task) {
        requireLoop();
        // Netty counts in nanoseconds from its start; "for ever" must not overflow them.
        Duration bounded = delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
        DelayedTask timer = new DelayedTask(purpose, task);
        timer.scheduled = eventLoop.schedule(timer, bounded.toNanos(), TimeUnit.NANOSECONDS);
        return timer;
    }

    @Override
    public void execute(Runnable task) {
        eventLoop.execute(() -> guard("command", task));
    }

    @Override
    public long nanoTime() {
        return eventLoop.ticker().nanoTime();
    }

    @Override
    public boolean inLoop() {
        return eventLoop.inEventLoop();
    }

    private void requireLoop() {
        if (!inLoop()) {
            throw new IllegalStateException("only the loop's own thread may do this; use execute() from others");
        }
    }

    /** The Netty loop below, for what else runs on it. */
    public IoEventLoop eventLoop() {
        return eventLoop;
    }

    /** Runs the task; whatever it throws goes to the failure listener and no further. True where it threw nothing. */
    boolean guard(Object purpose, Runnable task) {
        try {
            task.run();
            return true;
        } catch (Throwable failure) { // an Error too: the loop must outlive every unit's trouble
            tell(purpose instanceof BorrowedFd fd ? fd.purpose() : purpose.toString(), failure);
            return false;
        }
    }

    private void tell(String purpose, Throwable failure) {
        try {
            failureListener.accept(purpose, failure);
        } catch (Throwable dropped) {
            // Nobody is left to tell, and the loop goes on.
        }
    }

    EpollInterest register(BorrowedFd fd, IntConsumer onEvents, boolean isEndOnly) {
        try {
            return EpollInterest.register(eventLoop, fd.number(), onEvents, isEndOnly);
        } catch (EpollInterest.EpollRefused refusal) {
            throw new SystemCallException("epoll_ctl", new Errno(refusal.errno()), fd.purpose());
        }
    }

    /** Ends the loop: watches and timers are dropped, descriptors stay open. Waits for the thread, unless it is the caller. */
    @Override
    public void close() {
        Future<?> end = eventLoop.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        if (!inLoop()) {
            end.awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        }
    }

    private final class DelayedTask implements Timer, Runnable {
        private final Object purpose;
        private final Runnable task;
        private @Nullable ScheduledFuture<?> scheduled;
        private boolean isCancelled;

        DelayedTask(Object purpose, Runnable task) {
            this.purpose = purpose;
            this.task = task;
        }

        @Override
        public void run() {
            if (!isCancelled) {
                guard(purpose, task);
            }
        }

        @Override
        public void cancel() {
            isCancelled = true;
            if (scheduled != null) {
                scheduled.cancel(false);
            }
        }
    }
}
