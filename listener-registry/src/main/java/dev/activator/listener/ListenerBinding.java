package dev.activator.listener;

import dev.activator.config.ListenAddress;
import dev.activator.config.ListenSocket;
import dev.activator.config.NetlinkFamilies;
import dev.activator.config.SocketDirectives;
import dev.activator.config.SocketKind;
import dev.activator.config.SocketProtocol;
import dev.activator.config.SocketUnit;
import dev.activator.config.UnitName;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Opens one listener: socket, options, bind, owner, listen, in this order, so that the first client finds all as the unit asks. */
final class ListenerBinding {
    private static final int LONGEST_UNIX_NAME = 107;

    private final Kernel kernel;
    private final BindAttempt attempt;
    private final ListenSocket spec;
    private final @Nullable FileNode node;
    private @Nullable SocketName boundTo;

    ListenerBinding(Kernel kernel, AccountIds accounts, BindAttempt attempt) {
        this.kernel = kernel;
        this.attempt = attempt;
        this.spec = attempt.socket();
        this.node = node(kernel, accounts, attempt);
    }

    /** The node in the file system that such a listener has, null for those that have none. */
    static @Nullable FileNode node(Kernel kernel, AccountIds accounts, BindAttempt attempt) {
        ListenAddress address = attempt.socket().address();
        if (address instanceof ListenAddress.UnixPath unix) {
            return new FileNode(kernel, accounts, attempt, unix.path());
        }
        if (attempt.socket().kind() == SocketKind.FIFO && address instanceof ListenAddress.FilePath file) {
            return new FileNode(kernel, accounts, attempt, file.path());
        }
        return null;
    }

    /** What the descriptor is for; a text is made of it when somebody asks. */
    record Purpose(UnitName unit, ListenSocket spec) {
        @Override
        public String toString() {
            return "listener " + unit + " " + spec.kind().shown().toLowerCase(Locale.ROOT) + " " + spec.address();
        }
    }

    static Purpose purpose(SocketUnit unit, ListenSocket spec) {
        return new Purpose(unit.name(), spec);
    }

    /** What it is bound to; null where only the kernel knows. */
    @Nullable
    SocketName boundTo() {
        return boundTo;
    }

    OwnedFd open() throws BindFailure {
        try {
            if (spec.kind() == SocketKind.FIFO && node != null) {
                return openFifo(node);
            }
            if (spec.address() instanceof ListenAddress.FilePath special && spec.kind() == SocketKind.SPECIAL) {
                attempt.begin("opening it", "open " + special.path());
                return kernel.openSpecial(
                        special.path(),
                        attempt.unit().get(SocketDirectives.WRITABLE),
                        purpose(attempt.unit(), spec).toString());
            }
            if (spec.address() instanceof ListenAddress.QueueName queue) {
                return openQueue(queue);
            }
            SocketName name = name(spec.address());
            if (name == null) {
                throw attempt.failed(Errno.EOPNOTSUPP, spec.kind().directive() + "= is not supported");
            }
            return openSocket(name);
        } catch (SystemCallException e) {
            throw attempt.failed(e.errno());
        }
    }

    private OwnedFd openSocket(SocketName name) throws BindFailure {
        try {
            return openSocket(name, attempt);
        } catch (SystemCallException e) {
            boolean withoutIpv6 =
                    e.errno().equals(Errno.EAFNOSUPPORT) || e.errno().equals(Errno.EADDRNOTAVAIL);
            if (spec.address() instanceof ListenAddress.AnyPort any && withoutIpv6) {
                return openSocket(new SocketName.Inet4(Addresses.ANY_IPV4, any.port()), attempt);
            }
            throw e;
        }
    }

    private OwnedFd openSocket(SocketName name, BindAttempt steps) throws BindFailure {
        int family = family(name);
        if (node != null) {
            checkLength(node.path());
            node.createParents();
        }
        steps.begin("creating the socket", "create a socket for ", spec.address());
        try (OwnedFd fd = kernel.socket(family, type(spec.kind()), protocol(), purpose(steps.unit(), spec))) {
            ListenerOptions options = new ListenerOptions(kernel, steps, family, null);
            options.applyBeforeBind(fd.lend());
            bind(fd.lend(), name);
            complete(fd.lend(), options);
            boundTo = isKnown(name) ? name : null;
            return fd.move();
        }
    }

    /** Of the others the kernel may have chosen a part. */
    private static boolean isKnown(SocketName name) {
        return name instanceof SocketName.Inet4
                || name instanceof SocketName.Inet6
                || name instanceof SocketName.UnixPath
                || name instanceof SocketName.UnixAbstract;
    }

    private void bind(BorrowedFd fd, SocketName name) throws BindFailure {
        attempt.begin("binding", "bind ", spec.address());
        FileNode file = node;
        if (file == null) {
            kernel.bind(fd, name);
            return;
        }
        try {
            file.withSocketMode(() -> kernel.bind(fd, name));
        } catch (SystemCallException e) {
            if (!e.errno().equals(Errno.EADDRINUSE)) {
                throw e;
            }
            file.removeStale();
            attempt.begin("binding", "bind ", spec.address());
            file.withSocketMode(() -> kernel.bind(fd, name));
        }
    }

    /** What comes after the bind; undoes the node when that fails. */
    private void complete(BorrowedFd fd, ListenerOptions options) throws BindFailure {
        boolean isComplete = false;
        try {
            options.apply(fd);
            if (node != null) {
                node.changeOwner();
            }
            if (spec.kind().canAccept()) {
                attempt.begin("listening", "listen at ", spec.address());
                kernel.listen(fd, attempt.unit().get(SocketDirectives.BACKLOG));
            }
            isComplete = true;
        } finally {
            if (!isComplete && node != null) {
                node.removeQuietly();
            }
        }
        if (node != null) {
            node.link();
        }
    }

    private OwnedFd openFifo(FileNode fifo) throws BindFailure {
        fifo.createParents();
        attempt.begin("creating the FIFO", "create FIFO " + fifo.path());
        try {
            fifo.withSocketMode(() -> kernel.makeFifo(fifo.path(), fifo.mode()));
        } catch (SystemCallException e) {
            if (!e.errno().equals(Errno.EEXIST)) {
                throw e;
            }
            if (!fifo.isFifo()) {
                throw attempt.failed(Errno.EEXIST, "something else is there and is not removed");
            }
            kernel.changeMode(fifo.path(), fifo.mode());
        }
        fifo.changeOwner();
        attempt.begin("opening the FIFO", "open FIFO " + fifo.path());
        try (OwnedFd fd =
                kernel.openFifo(fifo.path(), purpose(attempt.unit(), spec).toString())) {
            attempt.unit().get(SocketDirectives.PIPE_SIZE).ifPresent(size -> setPipeSize(fd.lend(), size));
            fifo.link();
            return fd.move();
        }
    }

    /** Made where there is none; one that is there stays as it is. */
    private OwnedFd openQueue(ListenAddress.QueueName queue) {
        SocketUnit unit = attempt.unit();
        attempt.begin("opening the message queue", "open message queue " + queue.name());
        return kernel.openQueue(
                queue.name(),
                unit.get(SocketDirectives.SOCKET_MODE),
                unit.get(SocketDirectives.MESSAGE_QUEUE_MAX_MESSAGES).orElse(0L),
                unit.get(SocketDirectives.MESSAGE_QUEUE_MESSAGE_SIZE).orElse(0L),
                purpose(unit, spec).toString());
    }

    private void setPipeSize(BorrowedFd fifo, long size) {
        try {
            kernel.setPipeSize(fifo, (int) Math.min(Integer.MAX_VALUE, size));
        } catch (SystemCallException e) {
            attempt.warn("set PipeSize= of " + spec.address(), e.errno());
        }
    }

    private void checkLength(String path) throws BindFailure {
        int length = path.getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_UNIX_NAME) {
            throw attempt.failed(
                    Errno.ENAMETOOLONG,
                    "a socket's path has at most " + LONGEST_UNIX_NAME + " bytes, this one has " + length);
        }
    }

    private @Nullable SocketName name(ListenAddress address) {
        if (address instanceof ListenAddress.AnyPort any) {
            return new SocketName.Inet6(Addresses.ANY_IPV6, 0, any.port());
        }
        if (address instanceof ListenAddress.Inet4 four) {
            return new SocketName.Inet4(four.address(), four.port());
        }
        if (address instanceof ListenAddress.Inet6 six) {
            return new SocketName.Inet6(six.address(), scopeId(six.scope()), six.port());
        }
        if (address instanceof ListenAddress.UnixPath unix) {
            return new SocketName.UnixPath(unix.path());
        }
        if (address instanceof ListenAddress.UnixAbstract unix) {
            return new SocketName.UnixAbstract(unix.name());
        }
        if (address instanceof ListenAddress.Netlink netlink) {
            return new SocketName.Netlink((int) netlink.group());
        }
        return address instanceof ListenAddress.Vsock vsock ? new SocketName.Vsock(vsock.cid(), vsock.port()) : null;
    }

    private int scopeId(@Nullable String scope) {
        if (scope == null) {
            return 0;
        }
        if (scope.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Integer.parseInt(scope);
        }
        attempt.begin("finding the interface", "find the interface of " + spec.address());
        return kernel.interfaceIndex(scope);
    }

    /** Zero is the usual one of family and type. */
    private int protocol() {
        if (spec.address() instanceof ListenAddress.Netlink netlink) {
            return NetlinkFamilies.number(netlink.family());
        }
        boolean isInternet = spec.address() instanceof ListenAddress.AnyPort
                || spec.address() instanceof ListenAddress.Inet4
                || spec.address() instanceof ListenAddress.Inet6;
        return isInternet
                ? attempt.unit()
                        .get(SocketDirectives.SOCKET_PROTOCOL)
                        .map(SocketProtocol::number)
                        .orElse(0)
                : 0;
    }

    static int family(SocketName name) {
        if (name instanceof SocketName.Inet4) {
            return Families.AF_INET;
        }
        if (name instanceof SocketName.Inet6) {
            return Families.AF_INET6;
        }
        if (name instanceof SocketName.Netlink) {
            return Families.AF_NETLINK;
        }
        return name instanceof SocketName.Vsock ? Families.AF_VSOCK : Families.AF_UNIX;
    }

    /** Of an internet address. */
    static int port(SocketName name) {
        return name instanceof SocketName.Inet4 four ? four.port() : ((SocketName.Inet6) name).port();
    }

    private static int type(SocketKind kind) {
        return switch (kind) {
            case STREAM -> Families.SOCK_STREAM;
            case DATAGRAM -> Families.SOCK_DGRAM;
            case SEQPACKET -> Families.SOCK_SEQPACKET;
            case NETLINK -> Families.SOCK_RAW;
            case FIFO, SPECIAL, MESSAGE_QUEUE, USB_FUNCTION ->
                throw new IllegalArgumentException(kind + " is no socket");
        };
    }
}
