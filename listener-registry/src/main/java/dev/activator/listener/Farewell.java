package dev.activator.listener;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One goodbye: send, shut down our direction, read and throw away what the client still sends until it closes too. Closing while something is
 * unread would reset the connection, and a reset may overtake the text. RFC 9293, 3.6; RFC 9112, 9.6.
 */
final class Farewell {
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Duration SEND_AGAIN = Duration.ofMillis(50);
    private static final int MOST_READ = 256 * 1024;
    private static final int READ_AT_ONCE = 32 * 1024;

    private final Kernel kernel;
    private final Loop loop;
    private final OwnedFd connection;
    private final byte[] text;
    private final Consumer<Farewell> onEnd;
    private final Timer deadline;
    private @Nullable Timer sendAgain;
    private @Nullable Watch watch;
    private int sent;
    private int thrownAway;

    Farewell(Kernel kernel, Loop loop, OwnedFd connection, byte[] text, Consumer<Farewell> onEnd) {
        this.kernel = kernel;
        this.loop = loop;
        this.connection = connection;
        this.text = text;
        this.onEnd = onEnd;
        this.deadline = loop.after(LONGEST, "end of a goodbye", this::close);
    }

    void begin() {
        while (sent < text.length) {
            int taken = kernel.send(connection.lend(), text, sent);
            if (taken == -Errno.EAGAIN.number()) {
                sendAgain = loop.after(SEND_AGAIN, "rest of a goodbye", this::begin);
                return;
            }
            if (taken < 0) {
                close();
                return;
            }
            sent += taken;
        }
        try {
            kernel.shutdownWrite(connection.lend());
        } catch (SystemCallException gone) {
            close();
            return;
        }
        throwAway();
    }

    private void throwAway() {
        while (thrownAway < MOST_READ) {
            int taken = kernel.discard(connection.lend(), READ_AT_ONCE);
            if (taken == -Errno.EAGAIN.number()) {
                waitForMore();
                return;
            }
            if (taken <= 0) {
                break;
            }
            thrownAway += taken;
        }
        close();
    }

    private void waitForMore() {
        if (watch == null) {
            watch = loop.watch(connection.lend(), readiness -> throwAway());
        }
    }

    void close() {
        deadline.cancel();
        if (sendAgain != null) {
            sendAgain.cancel();
        }
        if (watch != null) {
            watch.cancel();
            watch = null;
        }
        connection.close();
        onEnd.accept(this);
    }
}
