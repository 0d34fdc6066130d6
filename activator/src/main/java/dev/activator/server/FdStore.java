package dev.activator.server;

import dev.activator.handoff.NotifyMessage;
import dev.activator.listener.OwnedFd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

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
    private record Stored(String name, OwnedFd fd, String target) {}

    /**
     * Does what a notification asks of the store. What there is no room for is closed, and said once until the store is emptied.
     *
     * @param fds that came along; those that are kept are moved, the others are closed
     * @param most FileDescriptorStoreMax=
     */
    void heed(NotifyMessage message, List<OwnedFd> fds, int most, Consumer<String> warn) {
        if (message.removesStoredFds()) {
            remove(message.fdName().orElse(UNNAMED));
        }
        fds.forEach(fd -> add(message.fdName().orElse(""), fd, most, warn));
    }

    private void add(String name, OwnedFd fd, int most, Consumer<String> warn) {
        if (kept.size() >= most) {
            fd.close();
            if (!isFullSaid) {
                isFullSaid = true;
                warn.accept("a descriptor was not stored, FileDescriptorStoreMax=" + most + " does not allow more");
            }
            return;
        }
        String target = target(fd);
        if (isThere(target)) {
            fd.close();
        } else {
            kept.add(new Stored(isName(name) ? name : UNNAMED, fd.move("stored descriptor " + name), target));
        }
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
        kept.removeIf(one -> {
            boolean isMeant = one.name().equals(name);
            if (isMeant) {
                one.fd().close();
            }
            return isMeant;
        });
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
        kept.forEach(one -> one.fd().close());
        kept.clear();
        isFullSaid = false;
    }
}
