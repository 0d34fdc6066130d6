package dev.activator.handoff;

import dev.activator.handoff.kernel.ProcessCalls;
import dev.activator.listener.BorrowedFd;
import dev.activator.listener.Errno;
import dev.activator.listener.HeldSockets;
import dev.activator.listener.OwnedFd;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The sockets of an instance's processes, seen through copies of their descriptors, which are closed right after the look. What it costs grows
 * with the descriptors that the instance has open, and with nothing else on the host. It needs the right to trace the processes, which a
 * parent has unless they changed their user or hide themselves. For the loop's thread. pidfd_getfd(2), proc_pid_fd(5).
 */
public final class ProcessSockets implements HeldSockets {
    /** Some 10 µs each: with more it is cheaper to ask for all sockets of the host. */
    private static final int MOST_DESCRIPTORS = 512;

    private static final String SOCKET = "socket:[";

    private final ProcessCalls calls = new ProcessCalls();
    private final Supplier<List<Integer>> pids;

    /** @param pids of the processes that live at the moment of a look */
    public ProcessSockets(Supplier<List<Integer>> pids) {
        this.pids = pids;
    }

    @Override
    public boolean visit(Consumer<BorrowedFd> visitor) {
        Set<String> seen = new HashSet<>();
        int left = MOST_DESCRIPTORS;
        for (int pid : pids.get()) {
            left = visit(pid, left, seen, visitor);
            if (left < 0) {
                return false;
            }
        }
        return true;
    }

    /** How many more may be looked at; negative where that is not enough, or something could not be seen. */
    private int visit(int pid, int most, Set<String> seen, Consumer<BorrowedFd> visitor) {
        int pidfd = calls.openPidfd(pid);
        if (pidfd < 0) {
            return -1;
        }
        int left = most;
        try (DirectoryStream<Path> descriptors =
                Files.newDirectoryStream(Path.of("/proc", Integer.toString(pid), "fd"))) {
            for (Path descriptor : descriptors) {
                String target = target(descriptor);
                boolean isNew = target.startsWith(SOCKET) && seen.add(target);
                if (--left < 0 || (isNew && !show(pidfd, descriptor, visitor))) {
                    return -1;
                }
            }
            return left;
        } catch (IOException | DirectoryIteratorException hidden) {
            return -1;
        } finally {
            calls.closePidfd(pidfd);
        }
    }

    /** Empty where it has been closed meanwhile. */
    private static String target(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException closed) {
            return "";
        }
    }

    private boolean show(int pidfd, Path descriptor, Consumer<BorrowedFd> visitor) {
        int copy = calls.copyDescriptor(
                pidfd, Integer.parseInt(descriptor.getFileName().toString()));
        if (copy < 0) {
            return copy == -Errno.EBADF.number();
        }
        try (OwnedFd socket = OwnedFd.adopt(copy, "look at a service's socket")) {
            visitor.accept(socket.lend());
        }
        return true;
    }
}
