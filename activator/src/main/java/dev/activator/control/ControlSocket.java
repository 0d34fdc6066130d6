package dev.activator.control;

import dev.activator.listener.BorrowedFd;
import dev.activator.listener.Families;
import dev.activator.listener.Kernel;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.SocketName;
import dev.activator.listener.SystemCallException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The listening Unix socket at a path, of one super-server at a time: a lock beside it, held until it is closed, keeps a second one from
 * taking it over. The node has mode 0600, which an administrator may widen. unix(7).
 */
final class ControlSocket implements ControlDoor {
    private static final int BACKLOG = 64;
    private static final int LONGEST_PATH = 107;

    private final Path path;
    private final FileChannel lock;
    private final Kernel kernel;
    private final OwnedFd fd;
    private final int ownerUid;

    private ControlSocket(Kernel kernel, Path path, FileChannel lock, OwnedFd fd, int ownerUid) {
        this.path = path;
        this.lock = lock;
        this.kernel = kernel;
        this.fd = fd;
        this.ownerUid = ownerUid;
    }

    /**
     * Binds and listens.
     *
     * @throws ControlSocketTaken if another super-server is there
     */
    static ControlSocket open(Kernel kernel, Path path) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        refuseForeign(directory);
        refuseLong(path);
        FileChannel lock = takeLock(path);
        OwnedFd socket = kernel.socket(Families.AF_UNIX, Families.SOCK_STREAM, 0, "control socket " + path);
        try {
            removeStale(path);
            kernel.bind(socket.lend(), new SocketName.UnixPath(path.toString()));
            // Before listen, so that nobody gets in by the mode that the umask happened to give.
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            kernel.listen(socket.lend(), BACKLOG);
            return new ControlSocket(kernel, path, lock, socket, (Integer) Files.getAttribute(path, "unix:uid"));
        } catch (IOException failure) {
            socket.close();
            lock.close();
            throw failure;
        } catch (SystemCallException failure) {
            socket.close();
            lock.close();
            throw new IOException("control: cannot listen on '" + path + "': " + failure.getMessage(), failure);
        }
    }

    @Override
    public BorrowedFd fd() {
        return fd.lend();
    }

    @Override
    public @Nullable OwnedFd accept() {
        return ControlDoor.accept(kernel, fd, "control connection on " + path);
    }

    @Override
    public Answering answering(Operations operations) {
        return new Routes(operations, ownerUid)::answer;
    }

    @Override
    public void close() {
        fd.close();
        try {
            Files.deleteIfExists(path);
            lock.close();
        } catch (IOException leftover) {
            // A stale node or lock does not stop the next super-server.
        }
    }

    /** In /tmp anybody may have made the directory first; whoever owns it could put another socket into our place. */
    private static void refuseForeign(@Nullable Path directory) throws IOException {
        if (directory == null) {
            return;
        }
        int owner = (Integer) Files.getAttribute(directory, "unix:uid");
        int own = ControlDoor.ownUid();
        if (owner != own && owner != 0) {
            throw new ControlSocketTaken("control: cannot use '" + directory + "': it belongs to uid " + owner
                    + ", who could take the control socket over; give another --runtime DIR");
        }
    }

    private static void refuseLong(Path path) throws ControlSocketTaken {
        int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_PATH) {
            throw new ControlSocketTaken("control: cannot bind '" + path + "': the path has " + length
                    + " bytes, a Unix socket's can have " + LONGEST_PATH + "; give a shorter --runtime DIR");
        }
    }

    private static FileChannel takeLock(Path socket) throws IOException {
        Path file = socket.resolveSibling(socket.getFileName() + ".lock");
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        FileLock taken = null;
        try {
            taken = channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            // Held by this very process: as much taken as by another.
        }
        if (taken == null) {
            channel.close();
            throw taken(socket);
        }
        return channel;
    }

    /** Whether another super-server holds the socket at that path; also no where nobody could. */
    static boolean isAnothers(Path socket) {
        Path file = socket.resolveSibling(socket.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free == null;
        } catch (OverlappingFileLockException own) {
            return false;
        } catch (IOException absent) {
            return false;
        }
    }

    private static void removeStale(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) {
            throw new ControlSocketTaken("control: cannot bind '" + path
                    + "': something that is not a socket lies there; " + "remove it or give another --runtime DIR");
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(UnixDomainSocketAddress.of(path));
            throw taken(path);
        } catch (ConnectException stale) {
            Files.delete(path);
        }
    }

    private static ControlSocketTaken taken(Path path) {
        return new ControlSocketTaken("control: another super-server is running on '" + path
                + "'; stop it first, or give this one another --runtime DIR");
    }
}
