package dev.activator.listener;

import dev.activator.listener.kernel.EpollInterest;
import java.time.Duration;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One watch of {@link NettyLoop}.
 *
 * <p>epoll hands out the events of a turn in one batch. When a callback of that batch closes a descriptor and the next one
 * opened gets its number and is watched, the rest of the batch may still hold the old one's event. A watch therefore takes
 * no event in the turn in which it was armed; being level-triggered, a true one comes again in the next.
 */
final class FdWatch implements Watch, IntConsumer {
    /** Rest of a watch whose callback threw: long enough not to spin, short enough to go on serving. */
    private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(1);

    private final NettyLoop loop;
    private final BorrowedFd fd;
    private final ReadinessCallback callback;
    private final boolean isEndOnly;
    private @Nullable EpollInterest interest;
    private @Nullable Timer rest;
    private int armedIn;
    private boolean isCancelled;

    FdWatch(NettyLoop loop, BorrowedFd fd, ReadinessCallback callback, boolean isEndOnly) {
        this.isEndOnly = isEndOnly;
        this.loop = loop;
        this.fd = fd;
        this.callback = callback;
    }

    BorrowedFd fd() {
        return fd;
    }

    void arm() {
        rest = null;
        armedIn = loop.turnOfArming();
        interest = loop.register(fd, this, isEndOnly);
    }

    /** Is told of epoll's bits. */
    @Override
    public void accept(int bits) {
        if (isCancelled || armedIn == loop.turn()) {
            return;
        }
        Readiness readiness = new Readiness(
                (bits & EpollInterest.IN) != 0, (bits & EpollInterest.HUP) != 0, (bits & EpollInterest.ERR) != 0);
        boolean succeeded = loop.guard(fd, () -> callback.onReady(readiness));
        if (!succeeded && !isCancelled) {
            disarm();
            rest = loop.after(REST_AFTER_FAILURE, "watching " + fd.purpose() + " again", this::arm);
        }
    }

    private void disarm() {
        if (interest != null) {
            interest.cancel();
            interest = null;
        }
    }

    @Override
    public void cancel() {
        if (isCancelled) {
            return;
        }
        isCancelled = true;
        disarm();
        if (rest != null) {
            rest.cancel();
        }
        loop.forget(this);
    }

    @Override
    public String toString() {
        return "watch of " + fd;
    }
}
