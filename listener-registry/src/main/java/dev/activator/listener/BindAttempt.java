package dev.activator.listener;

import dev.activator.config.ListenSocket;
import dev.activator.config.SocketUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One attempt to open one listener: knows what it is doing, so that a failure can name it, and collects what is not fatal. */
final class BindAttempt {
    /** Errnos that only a change of the unit file mends. */
    private static final Set<Errno> UNIT_IS_WRONG = Set.of(
            Errno.EINVAL,
            Errno.ENAMETOOLONG,
            Errno.EAFNOSUPPORT,
            Errno.EPROTONOSUPPORT,
            Errno.EOPNOTSUPP,
            Errno.ENOPROTOOPT,
            Errno.ELOOP);

    private final SocketUnit unit;
    private final ListenSocket socket;
    private List<String> warnings = List.of();
    private String stage = "checking";
    private String action = "use";
    private Object object = "";

    BindAttempt(SocketUnit unit, ListenSocket socket) {
        this.unit = unit;
        this.socket = socket;
    }

    SocketUnit unit() {
        return unit;
    }

    ListenSocket socket() {
        return socket;
    }

    /**
     * Says what comes next.
     *
     * @param nextStage {@code binding}
     * @param nextAction what "cannot" stands before in a message: {@code bind 0.0.0.0:80}
     */
    void begin(String nextStage, String nextAction) {
        begin(nextStage, nextAction, "");
    }

    /** The same with what is acted on, whose text is the end of the action. A text is made of it only where the attempt fails. */
    void begin(String nextStage, String nextAction, Object nextObject) {
        stage = nextStage;
        action = nextAction;
        object = nextObject;
    }

    /** Says that an option comes next without which the socket must not exist. */
    void begin(SocketOption option) {
        begin("", "set ", option);
    }

    BindFailure failed(Errno errno) {
        return failed(errno, hint(errno));
    }

    BindFailure failed(Errno errno, String hint) {
        boolean isOption = object instanceof SocketOption;
        String what = action + object + (isOption ? " on " + socket.address() : "");
        String message = unit.name() + ": cannot " + what + ": " + errno + (hint.isEmpty() ? "" : ", " + hint);
        String where = isOption ? "setting " + object : stage;
        return new BindFailure(socket, where, errno, !UNIT_IS_WRONG.contains(errno), message);
    }

    /** Notes a failure that the listener can live with. */
    void warn(String failedAction, Errno errno) {
        warn("cannot " + failedAction + ": " + errno + ", ignoring");
    }

    /** Notes something that is not as the unit asks. */
    void warn(String remark) {
        if (warnings.isEmpty()) {
            warnings = new ArrayList<>();
        }
        warnings.add(unit.name() + ": " + remark);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    private String hint(Errno errno) {
        int port = socket.address().internetPort();
        int unprivileged = port > 0 && errno.equals(Errno.EACCES) ? Sysctl.FIRST_UNPRIVILEGED_PORT.read() : 0;
        if (port > 0 && port < unprivileged) {
            return "ports below " + unprivileged
                    + " need root, CAP_NET_BIND_SERVICE or a lower net.ipv4.ip_unprivileged_port_start";
        }
        if (port > 0 && errno.equals(Errno.EADDRINUSE)) {
            return "another socket is bound there; 'ss -lntup' names its process";
        }
        if (port > 0 && errno.equals(Errno.EADDRNOTAVAIL)) {
            return "no interface has that address; FreeBind=yes binds it all the same";
        }
        if (errno.equals(Errno.EPERM) && ListenerOptions.isFiltered(unit)) {
            return "filters take CAP_NET_ADMIN on this host; Accept=yes has the super-server itself decide who may connect";
        }
        return errno.equals(Errno.ENODEV) ? "there is no such network interface" : "";
    }
}
