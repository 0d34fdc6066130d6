package dev.activator.listener;

import java.time.Duration;

/**
 * The thread that owns everything mutable: reports ready file descriptors, runs timers and commands, one at a time. All
 * methods but {@link #execute} and {@link #inLoop} are for the loop's own thread. What a callback throws never reaches
 * the loop; it is reported with the callback's purpose.
 */
public interface Loop {

    /**
     * Calls back, level-triggered, whenever the descriptor is readable, hung up or in error. Accepts and reads nothing: what
     * waits goes on waiting and is reported again. One watch per descriptor at a time; cancel it before the descriptor is
     * closed. A watch whose callback throws rests for a second, so that it cannot spin.
     *
     * @throws SystemCallException where epoll refuses the descriptor (EPERM for a regular file, EBADF)
     * @throws IllegalStateException where this descriptor's number is watched already
     */
    Watch watch(BorrowedFd fd, ReadinessCallback callback);

    /**
     * Calls back as {@link #watch} does, but only for hang-ups and errors: what can be read is nobody's concern here.
     *
     * @throws SystemCallException where epoll refuses the descriptor (EPERM for a regular file, EBADF)
     * @throws IllegalStateException where this descriptor's number is watched already
     */
    Watch watchEnd(BorrowedFd fd, ReadinessCallback callback);

    /**
     * Runs the task once after the delay.
     *
     * @param purpose what the timer is for, as a failure of the task names it: {@code start timeout of web.service}. A text, or something
     *     whose text is that
     */
    Timer after(Duration delay, Object purpose, Runnable task);

    /** Runs the task on the loop's thread soon, after the callbacks of this turn; from any thread. */
    void execute(Runnable task);

    /** Monotonic clock of this loop in nanoseconds, the one that its timers go by. */
    long nanoTime();

    /** Whether the caller is the loop's thread. */
    boolean inLoop();
}
