package dev.activator.handoff;

import dev.activator.handoff.kernel.Descriptors;
import dev.activator.listener.BorrowedFd;
import dev.activator.listener.Errno;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.SystemCallException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * One cgroup, held by descriptors of its directory and of its {@code cgroup.events}, so that neither a launch into it nor a look at it
 * walks a path. Whoever makes it removes it. For the loop's thread. cgroups(7).
 */
final class Cgroup {
    private static final int DIRECTORY_MODE = 0755;
    private static final String POPULATED = "populated 1";

    private final Path directory;
    private final OwnedFd handle;
    private final OwnedFd events;

    private Cgroup(Path directory, OwnedFd handle, OwnedFd events) {
        this.directory = directory;
        this.handle = handle;
        this.events = events;
    }

    /**
     * Makes the cgroup and what is missing above it; one that is there already is taken.
     *
     * @throws SystemCallException where the kernel refuses, which a limit on the number of cgroups can bring about
     */
    static Cgroup make(Path directory) {
        int refused = Descriptors.makeDirectory(directory.toString(), DIRECTORY_MODE);
        if (-refused == Errno.ENOENT.number()) {
            Path parent = directory.getParent();
            if (parent != null) {
                check(Descriptors.makeDirectory(parent.toString(), DIRECTORY_MODE), parent);
                refused = Descriptors.makeDirectory(directory.toString(), DIRECTORY_MODE);
            }
        }
        check(refused, directory);
        OwnedFd handle = open(Descriptors.openPath(directory.toString()), "cgroup " + directory);
        try {
            Path events = directory.resolve("cgroup.events");
            return new Cgroup(directory, handle, open(Descriptors.openRead(events.toString()), events.toString()));
        } catch (SystemCallException refusedEvents) {
            handle.close();
            throw refusedEvents;
        }
    }

    private static void check(int result, Path directory) {
        if (result < 0 && -result != Errno.EEXIST.number()) {
            throw new SystemCallException("mkdir", new Errno(-result), "cgroup " + directory);
        }
    }

    private static OwnedFd open(int fd, String purpose) {
        if (fd < 0) {
            throw new SystemCallException("open", new Errno(-fd), purpose);
        }
        return OwnedFd.adopt(fd, purpose);
    }

    Path directory() {
        return directory;
    }

    BorrowedFd handle() {
        return handle.lend();
    }

    /** Whether any process lives in it or below it. */
    boolean isPopulated() {
        byte[] text = Descriptors.readStart(events.number());
        return new String(text, StandardCharsets.US_ASCII).contains(POPULATED);
    }

    /** Closes the descriptors and leaves the cgroup, for whoever takes it next. */
    void close() {
        events.close();
        handle.close();
    }

    /** Removes it and those below it; false where one is still in use, for {@link Cgroups} to remove later. */
    boolean remove() {
        close();
        return CgroupTree.remove(directory);
    }
}
