package dev.activator.control;

import dev.activator.listener.BorrowedFd;
import dev.activator.listener.Families;
import dev.activator.listener.Kernel;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.SocketName;
import dev.activator.listener.SocketOption;
import dev.activator.listener.SystemCallException;
import java.io.IOException;
import java.net.Inet4Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The loopback port that browsers and collectors of metrics come in by. Where it is and the token that they need are in a file beside the control
 * socket that only this user can read, made anew at each start.
 */
public final class PageSocket implements ControlDoor {
    /** The file in the runtime directory: the page's address with the token. */
    public static final String FILE = "page.url";

    private static final int BACKLOG = 64;
    private static final int TOKEN_BYTES = 24;

    private final Kernel kernel;
    private final OwnedFd fd;
    private final PageAddress address;
    private final String token;
    private final Path file;
    private final int ownUid;

    private PageSocket(Kernel kernel, OwnedFd fd, PageAddress address, String token, Path file, int ownUid) {
        this.kernel = kernel;
        this.fd = fd;
        this.address = address;
        this.token = token;
        this.file = file;
        this.ownUid = ownUid;
    }

    /**
     * Binds and listens.
     *
     * @param runtime where the file goes
     * @throws IOException where the port is taken, say
     */
    static PageSocket open(Kernel kernel, PageAddress wanted, Path runtime) throws IOException {
        int family = wanted.address() instanceof Inet4Address ? Families.AF_INET : Families.AF_INET6;
        OwnedFd socket = kernel.socket(family, Families.SOCK_STREAM, 0, "page on " + wanted.url());
        Path file = runtime.resolve(FILE);
        try {
            kernel.set(socket.lend(), SocketOption.SO_REUSEADDR, 1);
            kernel.bind(socket.lend(), wanted.name());
            kernel.listen(socket.lend(), BACKLOG);
            PageAddress bound = wanted.withPort(port(kernel.localName(socket.lend())));
            byte[] random = new byte[TOKEN_BYTES];
            new SecureRandom().nextBytes(random);
            String token = HexFormat.of().formatHex(random);
            writeSecret(file, bound.url() + "#token=" + token + "\n");
            return new PageSocket(kernel, socket, bound, token, file, ControlDoor.ownUid());
        } catch (IOException failure) {
            socket.close();
            throw failure;
        } catch (SystemCallException failure) {
            socket.close();
            throw new IOException(
                    "page: cannot listen on " + wanted.url() + ": " + failure.getMessage()
                            + "; give another --http ADDRESS",
                    failure);
        }
    }

    private static int port(SocketName name) {
        return name instanceof SocketName.Inet4 four ? four.port() : ((SocketName.Inet6) name).port();
    }

    private static void writeSecret(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    @Override
    public BorrowedFd fd() {
        return fd.lend();
    }

    @Override
    public @Nullable OwnedFd accept() {
        return ControlDoor.accept(kernel, fd, "page connection on " + address.url());
    }

    @Override
    public Answering answering(Operations operations) {
        Caller owner = new Caller(ownUid, ownUid, 0);
        return new PageGuard(new Routes(operations, ownUid)::answer, address, token, owner);
    }

    @Override
    public void close() {
        fd.close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException leftover) {
            // The next start writes it anew.
        }
    }
}
