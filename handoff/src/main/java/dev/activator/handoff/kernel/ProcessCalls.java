package dev.activator.handoff.kernel;

import dev.activator.listener.kernel.LibC;
import dev.activator.listener.kernel.NativeFunction;
import dev.activator.listener.kernel.NativeMemory;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Watching, signalling and collecting processes. A failure is the negated errno. pidfd_open(2), pidfd_send_signal(2),
 * waitpid(2), process_madvise(2), waitid(2), prctl(2). The numbers of the newer calls are those of every architecture.
 */
public final class ProcessCalls {
    private static final NativeFunction WAITID = NativeFunction.find("waitid");
    private static final NativeFunction GETSID = NativeFunction.find("getsid");
    private static final NativeFunction GETPGID = NativeFunction.find("getpgid");
    private static final NativeFunction ACCESS = NativeFunction.find("access");

    private static final long SYS_PIDFD_SEND_SIGNAL = 424;
    private static final long SYS_PIDFD_OPEN = 434;
    private static final long SYS_PIDFD_GETFD = 438;
    private static final long SYS_PROCESS_MADVISE = 440;
    private static final int MADV_PAGEOUT = 21;
    private static final int WNOHANG = 1;
    private static final int WEXITED = 4;
    private static final int WNOWAIT = 0x01000000;
    private static final int P_ALL = 0;
    private static final int SIGINFO_SIZE = 128;
    private static final int SIGINFO_PID = 16;
    private static final int PR_GET_DUMPABLE = 3;
    private static final int PR_SET_DUMPABLE = 4;
    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int O_NONBLOCK = 04000;
    private static final int EXECUTABLE = 1;

    private final NativeMemory scratch = NativeMemory.allocate(SIGINFO_SIZE);

    /** A close-on-exec descriptor that becomes readable when the process exits. */
    public int openPidfd(int pid) {
        return orErrno((int) LibC.syscall(SYS_PIDFD_OPEN, pid, 0, 0, 0, 0, 0));
    }

    public int signalPidfd(int pidfd, int signal) {
        return orErrno((int) LibC.syscall(SYS_PIDFD_SEND_SIGNAL, pidfd, signal, 0, 0, 0, 0));
    }

    /** A close-on-exec copy of a descriptor of the process. pidfd_getfd(2), whose number is that of every architecture. */
    public int copyDescriptor(int pidfd, int fd) {
        return orErrno((int) LibC.syscall(SYS_PIDFD_GETFD, pidfd, fd, 0, 0, 0, 0));
    }

    /** A stretch of addresses of a process, in bytes. */
    public record Range(long start, long end) {}

    /** Has the kernel take the pages of that stretch back, as far as it can: bytes it looked at, or the negated errno. Any thread. */
    public int pageOut(int pidfd, Range range) {
        NativeMemory vector = NativeMemory.allocate(16);
        vector.putLong(0, range.start()).putLong(8, range.end() - range.start());
        try {
            long result = LibC.syscall(SYS_PROCESS_MADVISE, pidfd, vector.address(), 1, MADV_PAGEOUT, 0, 0);
            return result == -1 ? -LibC.errno() : (int) Math.min(result, Integer.MAX_VALUE);
        } finally {
            Reference.reachabilityFence(vector);
        }
    }

    /** Whether each pidfd has an inode of its own, which is since Linux 6.9: those of two processes differ. */
    public boolean pidfdsHaveNumbers() {
        OptionalLong first = pidfdNumber(1);
        OptionalLong own = pidfdNumber((int) ProcessHandle.current().pid());
        return first.isPresent() && own.isPresent() && first.getAsLong() != own.getAsLong();
    }

    /** The inode of a process's pidfd; empty where there is no such process. */
    public OptionalLong pidfdNumber(int pid) {
        int pidfd = openPidfd(pid);
        if (pidfd < 0) {
            return OptionalLong.empty();
        }
        try {
            Object inode = Files.getAttribute(Path.of("/proc/self/fd", Integer.toString(pidfd)), "unix:ino");
            return OptionalLong.of((Long) inode);
        } catch (IOException noProc) {
            return OptionalLong.empty();
        } finally {
            closePidfd(pidfd);
        }
    }

    public void closePidfd(int pidfd) {
        LibC.close(pidfd);
    }

    /** A negative pid means the process group of that number. */
    public int kill(int pid, int signal) {
        return orErrno(LibC.kill(pid, signal));
    }

    /** Collects a child that has exited; empty while it runs, or where it is no child of ours. */
    public OptionalInt collect(int pid) {
        return LibC.waitpid(pid, scratch, WNOHANG) == pid ? OptionalInt.of(scratch.getInt(0)) : OptionalInt.empty();
    }

    /** Collects a child and waits for its exit: only for one that was just sent SIGKILL. */
    public void collectBlocking(int pid) {
        LibC.waitpid(pid, scratch, 0);
    }

    /** The pid of some child that has exited and waits to be collected, without collecting it; 0: none, or the negated errno. */
    public int peekExited() {
        scratch.putInt(SIGINFO_PID, 0);
        try {
            int result = orErrno((int) WAITID.call(P_ALL, 0, scratch.address(), WEXITED | WNOHANG | WNOWAIT));
            return result < 0 ? result : scratch.getInt(SIGINFO_PID);
        } finally {
            Reference.reachabilityFence(scratch);
        }
    }

    /** The session of a process, 0 meaning our own process. */
    public int session(int pid) {
        return orErrno((int) GETSID.call(pid));
    }

    public int processGroup(int pid) {
        return orErrno((int) GETPGID.call(pid));
    }

    /** Has the orphans among our descendants become our children, or no longer. */
    public int setSubreaper(boolean wanted) {
        return orErrno(LibC.prctl(PR_SET_CHILD_SUBREAPER, wanted ? 1 : 0, 0, 0, 0));
    }

    /** Whether others of our user may look into this process. PR_GET_DUMPABLE(2const) */
    public boolean isDumpable() {
        return LibC.prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 1;
    }

    public void makeDumpable() {
        LibC.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
    }

    /** Sets or clears O_NONBLOCK of the open file behind the descriptor. */
    public int setNonBlocking(int fd, boolean nonBlocking) {
        int flags = LibC.fcntl(fd, F_GETFL, 0);
        if (flags == -1) {
            return -LibC.errno();
        }
        int wanted = nonBlocking ? flags | O_NONBLOCK : flags & ~O_NONBLOCK;
        return wanted == flags ? 0 : orErrno(LibC.fcntl(fd, F_SETFL, wanted));
    }

    /** Whether this process may execute (or, of a directory, enter) what is there. access(2). */
    public int checkExecutable(String path) {
        NativeMemory text = NativeMemory.ofString(path);
        try {
            return orErrno((int) ACCESS.call(text.address(), EXECUTABLE));
        } finally {
            Reference.reachabilityFence(text);
        }
    }

    private static int orErrno(int result) {
        return result == -1 ? -LibC.errno() : result;
    }
}
