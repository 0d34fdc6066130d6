package dev.activator.listener;

import dev.activator.config.Directive;
import dev.activator.config.SocketDirectives;
import dev.activator.config.SocketUnit;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** The node in the file system that a Unix socket or FIFO has, with its directories, owner and links. */
final class FileNode {
    private static final int ALL_MODE_BITS = 0777;
    private static final int KEEP = -1;

    private final Kernel kernel;
    private final AccountIds accounts;
    private final BindAttempt attempt;
    private final String path;

    FileNode(Kernel kernel, AccountIds accounts, BindAttempt attempt, String path) {
        this.kernel = kernel;
        this.accounts = accounts;
        this.attempt = attempt;
        this.path = path;
    }

    String path() {
        return path;
    }

    /** Makes the missing directories above with DirectoryMode=. */
    void createParents() {
        Path parent = Path.of(path).getParent();
        if (parent != null) {
            createDirectory(parent);
        }
    }

    private void createDirectory(Path directory) {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            createDirectory(parent);
        }
        attempt.begin("creating directory '" + directory + "'", "create directory '" + directory + "' for " + path);
        int mode = attempt.unit().get(SocketDirectives.DIRECTORY_MODE);
        try {
            withUmask(0, () -> kernel.makeDirectory(directory.toString(), mode));
        } catch (SystemCallException e) {
            if (!e.errno().equals(Errno.EEXIST) || !Files.isDirectory(directory)) {
                throw e;
            }
        }
    }

    /** Runs what creates the node so that it gets SocketMode= from its first moment on. */
    void withSocketMode(Runnable creation) {
        withUmask(~mode() & ALL_MODE_BITS, creation);
    }

    int mode() {
        return attempt.unit().get(SocketDirectives.SOCKET_MODE);
    }

    private void withUmask(int mask, Runnable creation) {
        int before = kernel.umask(mask);
        try {
            creation.run();
        } finally {
            kernel.umask(before);
        }
    }

    /**
     * Clears the way for a second bind where bind(2) said EADDRINUSE: removes a socket that nobody is bound to any more. systemd
     * unlinks whatever lies there; a file of another kind or a live socket is left alone here, and the failure says so.
     */
    void removeStale() throws BindFailure {
        Optional<PosixFileAttributes> node = attributes();
        if (node.isEmpty()) {
            return; // gone since: the second bind will tell
        }
        if (!node.get().isOther() || isFifo()) {
            throw attempt.failed(Errno.EADDRINUSE, kind(node.get()) + " is there and is not removed");
        }
        try {
            probe();
            throw alive();
        } catch (SystemCallException e) {
            if (e.errno().equals(Errno.EPROTOTYPE)) {
                throw alive();
            }
            if (!e.errno().equals(Errno.ECONNREFUSED) && !e.errno().equals(Errno.ENOENT)) {
                throw attempt.failed(
                        Errno.EADDRINUSE, "the socket there cannot be probed (" + e.errno() + ") and is not removed");
            }
        }
        attempt.begin("removing the stale socket", "remove the stale socket " + path);
        kernel.unlink(path);
    }

    private BindFailure alive() {
        return attempt.failed(Errno.EADDRINUSE, "another process's live socket is there and is not removed");
    }

    /**
     * Connects a datagram socket: a stream listener refuses it for its type (EPROTOTYPE) before it gets to see a connection, so a
     * live one is found without disturbing it.
     */
    private void probe() {
        try (OwnedFd probe = kernel.socket(Families.AF_UNIX, Families.SOCK_DGRAM, 0, "probe of " + path)) {
            kernel.connect(probe.lend(), new SocketName.UnixPath(path));
        }
    }

    /** Lets go of a node that was made a moment ago for a listener that could not be completed. */
    void removeQuietly() {
        try {
            kernel.unlink(path);
        } catch (SystemCallException leftBehind) {
            // The failure that led here is the one to tell; the next bind finds the node stale.
        }
    }

    boolean isFifo() {
        try {
            return ((Integer) Files.getAttribute(Path.of(path), "unix:mode", LinkOption.NOFOLLOW_LINKS) & 0170000)
                    == 0010000;
        } catch (IOException absent) {
            return false;
        }
    }

    private Optional<PosixFileAttributes> attributes() {
        try {
            return Optional.of(
                    Files.readAttributes(Path.of(path), PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private String kind(PosixFileAttributes node) {
        if (node.isDirectory()) {
            return "a directory";
        }
        if (node.isSymbolicLink()) {
            return "a symbolic link";
        }
        return node.isRegularFile() ? "a regular file" : "a FIFO";
    }

    /** Gives the node to SocketUser= and SocketGroup=; a user alone brings no group, as with systemd. */
    void changeOwner() throws BindFailure {
        SocketUnit unit = attempt.unit();
        int uid = id(unit.get(SocketDirectives.SOCKET_USER), SocketDirectives.SOCKET_USER, accounts::uid);
        int gid = id(unit.get(SocketDirectives.SOCKET_GROUP), SocketDirectives.SOCKET_GROUP, accounts::gid);
        if (uid != KEEP || gid != KEEP) {
            attempt.begin("changing the owner", "change the owner of " + path + " to " + uid + ":" + gid);
            kernel.changeOwner(path, uid, gid);
        }
    }

    /** Makes mode, owner and links of a live node what the unit asks for now; a failure is a warning. */
    void follow(SocketUnit previous) {
        try {
            if (previous.get(SocketDirectives.SOCKET_MODE) != mode()) {
                kernel.changeMode(path, mode());
            }
            changeOwner();
        } catch (SystemCallException e) {
            attempt.warn("change mode and owner of " + path, e.errno());
        } catch (BindFailure unknownAccount) {
            attempt.warn("change the owner of " + path, unknownAccount.errno());
        }
        link();
    }

    private int id(Optional<String> account, Directive<?> setting, Function<String, OptionalInt> lookUp)
            throws BindFailure {
        if (account.isEmpty()) {
            return KEEP;
        }
        String name = account.get();
        if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Integer.parseUnsignedInt(name);
        }
        OptionalInt id = lookUp.apply(name);
        if (id.isEmpty()) {
            attempt.begin("resolving " + setting.name() + "=", "resolve " + setting.name() + "= '" + name + "'");
            throw attempt.failed(Errno.ENOENT, "there is no such account");
        }
        return id.getAsInt();
    }

    /** Makes Symlinks= point here; one that does already is left, and a failure is a warning. */
    void link() {
        for (String link : attempt.unit().get(SocketDirectives.SYMLINKS)) {
            try {
                link(Path.of(link));
            } catch (SystemCallException e) {
                attempt.warn("link '" + link + "' to " + path, e.errno());
            } catch (FileAlreadyExistsException e) {
                attempt.warn("link '" + link + "' to " + path, Errno.EEXIST);
            } catch (IOException e) {
                attempt.warn("cannot link '" + link + "' to " + path + ": " + e.getMessage() + ", ignoring");
            }
        }
    }

    private void link(Path link) throws IOException {
        if (isOurs(link)) {
            return;
        }
        Path parent = link.getParent();
        if (parent != null) {
            createDirectory(parent);
        }
        Files.createSymbolicLink(link, Path.of(path));
    }

    private boolean isOurs(Path link) throws IOException {
        return Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(Path.of(path));
    }

    /** Removes node and links, RemoveOnStop=; a link that points elsewhere is not ours. What cannot be removed stays. */
    void remove() {
        removeQuietly();
        for (String link : attempt.unit().get(SocketDirectives.SYMLINKS)) {
            try {
                if (isOurs(Path.of(link))) {
                    Files.delete(Path.of(link));
                }
            } catch (NoSuchFileException gone) {
                // as wanted
            } catch (IOException stays) {
                attempt.warn("cannot remove '" + link + "': " + stays.getMessage() + ", ignoring");
            }
        }
    }
}
