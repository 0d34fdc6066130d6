package dev.activator.listener.kernel;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.FileDescriptor;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Level-triggered interest of a Netty event loop in one raw file descriptor. Only for the loop's thread. The descriptor
 * is neither owned nor closed here.
 */
public final class EpollInterest implements EpollIoHandle {
    /** Bits of what the callback is told, as in epoll_ctl(2). */
    public static final int IN = 0x1;

    public static final int ERR = 0x8;
    public static final int HUP = 0x10;

    private final int number;
    private final IntConsumer callback;
    private @Nullable IoRegistration registration;

    private EpollInterest(int number, IntConsumer callback) {
        this.number = number;
        this.callback = callback;
    }

    /** What makes a Netty loop run on epoll. */
    public static IoHandlerFactory handlerFactory() {
        return EpollIoHandler.newFactory();
    }

    /**
     * Registers the descriptor for input; hang-ups and errors are always told too.
     *
     * @param callback gets the bits; must not throw, Netty stalls its whole loop for a second on an exception
     * @param isEndOnly whether only hang-ups and errors are told
     * @throws EpollRefused where the kernel does not take the descriptor
     */
    public static EpollInterest register(IoEventLoop loop, int fd, IntConsumer callback, boolean isEndOnly)
            throws EpollRefused {
        EpollInterest interest = new EpollInterest(fd, callback);
        // In the loop's own thread the future is complete when register() returns.
        IoRegistration registration = loop.register(interest).getNow();
        if (registration == null) {
            throw new IllegalStateException("the loop takes no more registrations, it is shutting down");
        }
        interest.registration = registration;
        try {
            registration.submit(isEndOnly ? EpollIoOps.EPOLLERR : EpollIoOps.EPOLLIN);
        } catch (UncheckedIOException e) {
            registration.cancel();
            throw new EpollRefused(e.getCause() instanceof NativeIoException refusal ? -refusal.expectedErr() : 0, e);
        }
        return interest;
    }

    /** Made when Netty asks for it, since it is asked seldom and there may be ten thousand. */
    @Override
    public FileDescriptor fd() {
        return new FileDescriptor(number);
    }

    @Override
    public void handle(IoRegistration ignored, IoEvent event) {
        callback.accept(((EpollIoEvent) event).ops().value());
    }

    @Override
    public void close() {
        // The descriptor has its owner elsewhere; the loop's end only ends the interest in it.
    }

    /** Takes the descriptor, which must still be open, out of epoll. */
    public void cancel() {
        Objects.requireNonNull(registration).cancel();
    }

    /** epoll_ctl(2) failed. */
    public static final class EpollRefused extends Exception {
        private static final long serialVersionUID = 1L;

        private final int errno;

        EpollRefused(int errno, @Nullable Throwable cause) {
            super("epoll_ctl: errno " + errno, cause);
            this.errno = errno;
        }

        public int errno() {
            return errno;
        }
    }
}
