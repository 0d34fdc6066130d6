package dev.activator.listener.testing;

import dev.activator.listener.BorrowedFd;
import dev.activator.listener.Loop;
import dev.activator.listener.NettyLoop;
import dev.activator.listener.ReadinessCallback;
import dev.activator.listener.Timer;
import dev.activator.listener.Watch;
import dev.activator.listener.kernel.EpollInterest;
import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * The real epoll loop with the test's thread as its thread and a clock that only the test moves: real sockets and
 * processes are reported by {@link #runReady} and {@link #runUntil}, a timer of 30 s fires at once in {@link #advance}.
 *
 * <p>What a callback throws fails the test at the end of the run, unless it named a listener of its own.
 */
public final class ManualLoop implements Loop, AutoCloseable {
    /** A watch that leaves its descriptor ready fires every turn; after this many the rest is left for the next run. */
    private static final int MOST_TURNS = 100;

    /** Small enough that a timer set by a timer fires near its own time, not at the end of the advance. */
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long REAL_WAIT_NANOS = 1_000_000;

    private final MockTicker ticker = Ticker.newMockTicker();
    private final ManualIoEventLoop eventLoop =
            new ManualIoEventLoop(null, Thread.currentThread(), EpollInterest.handlerFactory(), ticker);
    private final NettyLoop loop = new NettyLoop(eventLoop);
    private final List<Throwable> failures = new ArrayList<>();

    public ManualLoop() {
        loop.onCallbackFailure((purpose, failure) -> failures.add(new AssertionError(purpose + " failed", failure)));
    }

    /** Tells this one of failing callbacks instead of failing the test. */
    public void onCallbackFailure(BiConsumer<String, Throwable> listener) {
        loop.onCallbackFailure(listener);
    }

    /** Runs callbacks and tasks that are ready now, and those that become ready by it, without waiting. */
    public void runReady() {
        for (int turn = 0; turn < MOST_TURNS && eventLoop.runNow() > 0; turn++) {
            throwFailure();
        }
        throwFailure();
    }

    /** Runs the callbacks that are ready now, each once, and the tasks. */
    public void runTurn() {
        eventLoop.runNow();
        throwFailure();
    }

    /** Moves the clock and runs what is due, timers set by due timers included. */
    public void advance(Duration time) {
        runReady();
        long target = ticker.nanoTime() + time.toNanos();
        while (ticker.nanoTime() < target) {
            ticker.advance(Math.min(STEP_NANOS, target - ticker.nanoTime()), TimeUnit.NANOSECONDS);
            runReady();
        }
    }

    /**
     * Runs until the condition holds, waiting in real time for events of real processes and peers; the loop's own clock stands.
     *
     * @throws AssertionError when it does not hold by the deadline
     */
    public void runUntil(BooleanSupplier condition, Duration realTime) {
        long deadline = System.nanoTime() + realTime.toNanos();
        runReady();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not reached within " + realTime);
            }
            eventLoop.run(REAL_WAIT_NANOS);
            throwFailure();
        }
    }

    /** {@link #runUntil(BooleanSupplier, Duration)} within ten seconds. */
    public void runUntil(BooleanSupplier condition) {
        runUntil(condition, Duration.ofSeconds(10));
    }

    private void throwFailure() {
        if (!failures.isEmpty()) {
            throw (AssertionError) failures.remove(0);
        }
    }

    /** The Netty loop below, for channels of a test. */
    public ManualIoEventLoop eventLoop() {
        return eventLoop;
    }

    @Override
    public Watch watch(BorrowedFd fd, ReadinessCallback callback) {
        return loop.watch(fd, callback);
    }

    @Override
    public Watch watchEnd(BorrowedFd fd, ReadinessCallback callback) {
        return loop.watchEnd(fd, callback);
    }

    @Override
    public Timer after(Duration delay, Object purpose, Runnable task) {
        return loop.after(delay, purpose, task);
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public long nanoTime() {
        return loop.nanoTime();
    }

    @Override
    public boolean inLoop() {
        return loop.inLoop();
    }

    /** Ends the loop and closes its own descriptors. */
    @Override
    public void close() {
        Future<?> end = eventLoop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        while (!end.isDone()) {
            ticker.advance(1, TimeUnit.SECONDS); // Netty ends once its clock is past the grace, and the clock is ours
            eventLoop.runNow();
        }
    }
}
