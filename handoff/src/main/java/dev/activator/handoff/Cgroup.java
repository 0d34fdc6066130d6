package dev.activator.handoff;

import dev.activator.handoff.kernel.Descriptors;
import dev.activator.listener.BorrowedFd;
import dev.activator.listener.Errno;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.SystemCallException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One cgroup, held by descriptors of its directory and of its {@code cgroup.events}, so that neither a launch into it nor a look at it
 * walks a path. Whoever makes it removes it. For the loop's thread. cgroups(7).
 */
final class Cgroup {
    private static final int DIRECTORY_MODE = 0755;
    private static final String POPULATED = "populated 1";
    private static final String FROZEN = "frozen 1";

    private final Path directory;
    private final OwnedFd handle;
    private final OwnedFd events;
    private boolean wasFrozen;

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
        makeDirectory(directory);
        return open(directory);
    }

    /** As {@link #make}, but null where it is there already: somebody else's leftover, of which nobody knows what was done to it. */
    static @Nullable Cgroup makeNew(Path directory) {
        return makeDirectory(directory) ? open(directory) : null;
    }

    private static Cgroup open(Path directory) {
        OwnedFd handle = open(Descriptors.openPath(directory.toString()), "cgroup " + directory);
        try {
            Path events = directory.resolve("cgroup.events");
            return new Cgroup(directory, handle, open(Descriptors.openRead(events.toString()), events.toString()));
        } catch (SystemCallException refusedEvents) {
            handle.close();
            throw refusedEvents;
        }
    }

    /** Whether it was not there. */
    private static boolean makeDirectory(Path directory) {
        int refused = Descriptors.makeDirectory(directory.toString(), DIRECTORY_MODE);
        Path parent = directory.getParent();
        if (-refused == Errno.ENOENT.number() && parent != null) {
            makeDirectory(parent);
            refused = Descriptors.makeDirectory(directory.toString(), DIRECTORY_MODE);
        }
        if (refused < 0 && -refused != Errno.EEXIST.number()) {
            throw new SystemCallException("mkdir", new Errno(-refused), "cgroup " + directory);
        }
        return refused == 0;
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
        String text = new String(Descriptors.readStart(events.number()), StandardCharsets.US_ASCII);
        wasFrozen = text.contains(FROZEN);
        return text.contains(POPULATED);
    }

    /** Whether it was frozen when {@link #isPopulated} last looked, by whomever. */
    boolean wasFrozen() {
        return wasFrozen;
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
