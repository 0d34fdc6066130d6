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
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Level-triggered interest of a Netty event loop in one raw file descriptor. Only for the loop's thread. The descriptor
 * is neither owned nor closed here.
 */
public final class EpollInterest {
    /** Bits of what the callback is told, as in epoll_ctl(2). */
    public static final int IN = 0x1;

    public static final int ERR = 0x8;
    public static final int HUP = 0x10;

    private final IoRegistration registration;

    private EpollInterest(IoRegistration registration) {
        this.registration = registration;
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
        // In the loop's own thread the future is complete when register() returns.
        IoRegistration registration =
                loop.register(new Handle(new FileDescriptor(fd), callback)).getNow();
        if (registration == null) {
            throw new IllegalStateException("the loop takes no more registrations, it is shutting down");
        }
        try {
            registration.submit(isEndOnly ? EpollIoOps.EPOLLERR : EpollIoOps.EPOLLIN);
        } catch (UncheckedIOException e) {
            registration.cancel();
            throw new EpollRefused(e.getCause() instanceof NativeIoException refusal ? -refusal.expectedErr() : 0, e);
        }
        return new EpollInterest(registration);
    }

    /** Takes the descriptor, which must still be open, out of epoll. */
    public void cancel() {
        registration.cancel();
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

    private record Handle(FileDescriptor fd, IntConsumer callback) implements EpollIoHandle {
        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            callback.accept(((EpollIoEvent) event).ops().value());
        }

        @Override
        public void close() {
            // The descriptor has its owner elsewhere; the loop's end only ends the interest in it.
        }
    }
}
