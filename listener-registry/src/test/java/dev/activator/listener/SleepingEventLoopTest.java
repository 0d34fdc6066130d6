package dev.activator.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.activator.listener.kernel.EpollInterest;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SleepingEventLoopTest {
    private final SleepingEventLoop loop =
            new SleepingEventLoop(task -> new Thread(task, "sleeping"), EpollInterest.handlerFactory());

    @AfterEach
    void end() {
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    @Test
    void withoutATimerTheLoopWaitsWithoutEnd() throws Exception {
        assertEquals(-1L, loop.submit(loop::deadlineNanos).get());
    }

    @Test
    void aTimerEndsTheWait() throws Exception {
        loop.schedule(() -> {}, 1, TimeUnit.HOURS);
        assertNotEquals(-1L, loop.submit(loop::deadlineNanos).get());
    }
}
