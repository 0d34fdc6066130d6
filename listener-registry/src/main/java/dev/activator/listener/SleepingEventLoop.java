package dev.activator.listener;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import java.util.concurrent.ThreadFactory;

/**
 * An event loop that wakes for descriptors, commands and timers only. Netty's own wakes once a second while no timer is
 * set, whatever it waits for.
 */
final class SleepingEventLoop extends SingleThreadIoEventLoop {
    SleepingEventLoop(ThreadFactory threads, IoHandlerFactory handlers) {
        super(null, threads, handlers);
    }

    /** When the next timer is due; -1, which the epoll handler takes for "wait without end", where there is none. */
    @Override
    protected long deadlineNanos() {
        return nextScheduledTaskDeadlineNanos();
    }
}
