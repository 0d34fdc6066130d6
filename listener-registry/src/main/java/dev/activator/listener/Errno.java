package dev.activator.listener;

import org.jspecify.annotations.Nullable;

/**
 * The reason the kernel gives for a failed call; printed as {@code EADDRINUSE (Address already in use)}. errno(3).
 *
 * @param number positive, as in {@code errno.h}
 */
public record Errno(int number) {
    public static final Errno EPERM = new Errno(1);
    public static final Errno ENOENT = new Errno(2);
    public static final Errno ESRCH = new Errno(3);
    public static final Errno EINTR = new Errno(4);
    public static final Errno EIO = new Errno(5);
    public static final Errno ENXIO = new Errno(6);
    public static final Errno EBADF = new Errno(9);
    public static final Errno ECHILD = new Errno(10);
    public static final Errno EAGAIN = new Errno(11);
    public static final Errno ENOMEM = new Errno(12);
    public static final Errno EACCES = new Errno(13);
    public static final Errno EFAULT = new Errno(14);
    public static final Errno EBUSY = new Errno(16);
    public static final Errno EEXIST = new Errno(17);
    public static final Errno ENODEV = new Errno(19);
    public static final Errno ENOTDIR = new Errno(20);
    public static final Errno EISDIR = new Errno(21);
    public static final Errno EINVAL = new Errno(22);
    public static final Errno ENFILE = new Errno(23);
    public static final Errno EMFILE = new Errno(24);
    public static final Errno ENOSPC = new Errno(28);
    public static final Errno EROFS = new Errno(30);
    public static final Errno EPIPE = new Errno(32);
    public static final Errno ENAMETOOLONG = new Errno(36);
    public static final Errno ENOSYS = new Errno(38);
    public static final Errno ELOOP = new Errno(40);
    public static final Errno ENONET = new Errno(64);
    public static final Errno EPROTO = new Errno(71);
    public static final Errno ENOTSOCK = new Errno(88);
    public static final Errno EPROTOTYPE = new Errno(91);
    public static final Errno ENOPROTOOPT = new Errno(92);
    public static final Errno EPROTONOSUPPORT = new Errno(93);
    public static final Errno EOPNOTSUPP = new Errno(95);
    public static final Errno EAFNOSUPPORT = new Errno(97);
    public static final Errno EADDRINUSE = new Errno(98);
    public static final Errno EADDRNOTAVAIL = new Errno(99);
    public static final Errno ENETDOWN = new Errno(100);
    public static final Errno ENETUNREACH = new Errno(101);
    public static final Errno ENETRESET = new Errno(102);
    public static final Errno ECONNABORTED = new Errno(103);
    public static final Errno ECONNRESET = new Errno(104);
    public static final Errno ENOBUFS = new Errno(105);
    public static final Errno ENOTCONN = new Errno(107);
    public static final Errno ESHUTDOWN = new Errno(108);
    public static final Errno ETIMEDOUT = new Errno(110);
    public static final Errno ECONNREFUSED = new Errno(111);
    public static final Errno EHOSTDOWN = new Errno(112);
    public static final Errno EHOSTUNREACH = new Errno(113);

    public Errno {
        if (number <= 0) {
            throw new IllegalArgumentException("errno " + number + " is not positive");
        }
    }

    /** {@code EADDRINUSE}; {@code E4711} for a number that Linux does not define. */
    public String name() {
        return ErrnoTable.row(number).name();
    }

    /** {@code Address already in use}. */
    public String text() {
        return ErrnoTable.row(number).text();
    }

    /** Whether it says that the process, the host or a table is full for now: waiting helps, nothing is broken. */
    public boolean isShortage() {
        return equals(EMFILE) || equals(ENFILE) || equals(ENOBUFS) || equals(ENOMEM);
    }

    // By hand: what a record has by itself the JVM puts together at its first use, which is during a start.
    @Override
    public int hashCode() {
        return number;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Errno that && number == that.number;
    }

    /** {@code EADDRINUSE (Address already in use)}. */
    @Override
    public String toString() {
        return name() + " (" + text() + ")";
    }
}
