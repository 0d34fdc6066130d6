package dev.activator.listener;

import dev.activator.listener.kernel.LibC;
import dev.activator.listener.kernel.NativeMemory;

/** How many descriptors this process may have. RLIMIT_NOFILE, getrlimit(2). Any thread. */
public final class OpenFilesLimit {
    private static final int RLIMIT_NOFILE = 7;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int STANDARD_INPUT = 0;

    private OpenFilesLimit() {}

    /**
     * Raises it to so many where it is lower: up to the hard limit, and beyond that where this process may raise that too.
     *
     * @return what it is now
     */
    public static long raise(long wanted) {
        NativeMemory limit = NativeMemory.allocate(16);
        if (LibC.getrlimit(RLIMIT_NOFILE, limit) == -1) {
            return Long.MAX_VALUE;
        }
        long soft = limit.getLong(0);
        long hard = limit.getLong(8);
        if (isEnough(soft, wanted)) {
            return soft < 0 ? Long.MAX_VALUE : soft;
        }
        if (set(limit, wanted, isEnough(hard, wanted) ? hard : wanted)) {
            return wanted;
        }
        return set(limit, hard, hard) ? hard : soft;
    }

    /** What it is now. */
    public static long current() {
        return raise(0);
    }

    /**
     * Lets the kernel's table of our descriptors grow at once to so many, as far as the limit goes. By itself it doubles each time that it is
     * full, and whoever opens a descriptor then waits until all processors have taken notice, some 10 ms each time where there are several
     * threads. So does the caller.
     */
    public static void makeRoom(long count) {
        int last = (int) Math.min(count, Math.min(current(), Integer.MAX_VALUE)) - 1;
        int fd = LibC.fcntl(STANDARD_INPUT, F_DUPFD_CLOEXEC, last);
        if (fd != -1) {
            LibC.close(fd);
        }
    }

    /** The kernel's "no limit" has all bits set. */
    private static boolean isEnough(long limit, long wanted) {
        return limit < 0 || limit >= wanted;
    }

    private static boolean set(NativeMemory limit, long soft, long hard) {
        limit.putLong(0, soft).putLong(8, hard);
        return LibC.setrlimit(RLIMIT_NOFILE, limit) == 0;
    }
}
