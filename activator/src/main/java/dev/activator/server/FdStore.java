package dev.activator.server;

import dev.activator.handoff.ForeignFds;
import dev.activator.handoff.NotifyMessage;
import dev.activator.listener.Loop;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.SystemCallException;
import dev.activator.listener.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Descriptors that a service leaves with the super-server and gets again at its next start, behind its listeners and in the order in which they
 * came. They stay until the service takes them back or is down for good. For the loop's thread. sd_notify(3) FDSTORE=1, systemd.service(5)
 * FileDescriptorStoreMax=
 */
final class FdStore implements AutoCloseable {
    /** The name of one that came without. */
    private static final String UNNAMED = "stored";

    private static final int LONGEST_NAME = 255;

    private final List<Stored> kept = new ArrayList<>();
    private boolean isFullSaid;

    /** @param target what the descriptor is, as /proc names it; looked up once, since a service may store thousands */
    private record Stored(
            String name,
            OwnedFd fd,
            String target,
            @Nullable Watch end) {
        void drop() {
            if (end != null) {
                end.cancel();
            }
            ForeignFds.letGo(fd);
        }
    }

    /**
     * Does what a notification asks of the store. What there is no room for is closed, and said once until the store is emptied.
     *
     * @param fds that came along; those that are kept are moved, the others are closed
     * @param most FileDescriptorStoreMax=
     * @param loop on which those that may be watched are watched for their end, which is the end of their keeping
     */
    void heed(NotifyMessage message, List<OwnedFd> fds, int most, Loop loop, Consumer<String> warn) {
        if (message.removesStoredFds()) {
            remove(message.fdName().orElse(UNNAMED));
        }
        Loop watching = message.dropsFdsOnHangup() ? loop : null;
        fds.forEach(fd -> add(message.fdName().orElse(""), fd, most, watching, warn));
    }

    private void add(String name, OwnedFd fd, int most, @Nullable Loop loop, Consumer<String> warn) {
        if (kept.size() >= most) {
            ForeignFds.letGo(fd);
            if (!isFullSaid) {
                isFullSaid = true;
                warn.accept("a descriptor was not stored, FileDescriptorStoreMax=" + most + " does not allow more");
            }
            return;
        }
        String target = target(fd);
        if (isThere(target)) {
            ForeignFds.letGo(fd);
        } else {
            OwnedFd stored = fd.move("stored descriptor " + name);
            Watch end = loop == null ? null : watch(stored, loop);
            kept.add(new Stored(isName(name) ? name : UNNAMED, stored, target, end));
        }
    }

    /** Null where there is nothing to wait for, as with regular files. */
    private @Nullable Watch watch(OwnedFd stored, Loop loop) {
        try {
            return loop.watchEnd(stored.lend(), readiness -> removeIf(one -> one.fd() == stored));
        } catch (SystemCallException cannotBeWatched) {
            return null;
        }
    }

    private void removeIf(Predicate<Stored> isMeant) {
        kept.removeIf(one -> {
            boolean goes = isMeant.test(one);
            if (goes) {
                one.drop();
            }
            return goes;
        });
    }

    /** Whether it is a name as LISTEN_FDNAMES can have it. sd_listen_fds_with_names(3) */
    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && name.chars().allMatch(character -> character > ' ' && character < 127 && character != ':');
    }

    /** The same socket or pipe once more; of files the kernel does not tell that. */
    private boolean isThere(String target) {
        return (target.startsWith("socket:[") || target.startsWith("pipe:["))
                && kept.stream().anyMatch(one -> one.target().equals(target));
    }

    private static String target(OwnedFd fd) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(fd.number())))
                    .toString();
        } catch (IOException unknown) {
            return "";
        }
    }

    /** Closes all of that name. */
    private void remove(String name) {
        removeIf(one -> one.name().equals(name));
    }

    /** For the next launch. */
    List<PassedSocket> passed() {
        return kept.stream()
                .map(one -> PassedSocket.stored(one.fd().lend(), one.name()))
                .toList();
    }

    int size() {
        return kept.size();
    }

    /** Closes all. */
    @Override
    public void close() {
        kept.forEach(Stored::drop);
        kept.clear();
        isFullSaid = false;
    }
}
