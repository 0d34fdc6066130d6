package dev.activator.server;

import dev.activator.config.ExecDirectives;
import dev.activator.config.HandoffDialect;
import dev.activator.config.HandoffDirectives;
import dev.activator.config.ServiceUnit;
import dev.activator.config.SocketReferences;
import dev.activator.config.StandardInput;
import dev.activator.handoff.Dialects;
import dev.activator.handoff.HandedSocket;
import dev.activator.handoff.ListenFds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a main process is told of its sockets: in the variables of HandoffAs=, and where its unit refers to them; pure. */
final class SocketWords implements SocketReferences.Sockets {
    private static final long PARENT = ProcessHandle.current().pid();

    private final ServiceUnit unit;
    private final List<PassedSocket> passed;
    private final List<HandedSocket> sockets = new ArrayList<>();
    /** Those that are no stored descriptors, of which only LISTEN_FDS tells. */
    private final List<HandedSocket> own = new ArrayList<>();

    private final boolean isStandardInput;

    SocketWords(ServiceUnit unit, List<PassedSocket> passed) {
        this.unit = unit;
        this.passed = passed;
        this.isStandardInput = unit.get(ExecDirectives.STANDARD_INPUT) instanceof StandardInput.Socket;
        for (PassedSocket socket : passed) {
            int number = isStandardInput ? 0 : nextNumber();
            HandedSocket handed = new HandedSocket(number, socket.name(), socket.address());
            sockets.add(handed);
            if (!socket.isStored()) {
                own.add(handed);
            }
        }
    }

    /** A reference that stands for nothing. */
    static final class NoSuchSocket extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoSuchSocket(String message) {
            super(message);
        }
    }

    /** Whether the one socket is standard input, and none comes behind the standard streams. */
    boolean isStandardInput() {
        return isStandardInput;
    }

    /** The number of the first descriptor behind the sockets. */
    int nextNumber() {
        return ListenFds.FIRST + (isStandardInput ? 0 : sockets.size());
    }

    /** Whether LISTEN_PID belongs to what it says. */
    boolean speaksOfSystemd() {
        return !isStandardInput
                && !sockets.isEmpty()
                && unit.get(HandoffDirectives.HANDOFF_AS).contains(HandoffDialect.SYSTEMD);
    }

    /** Whether LISTEN_PIDFDID does. */
    boolean speaksOfPidfd() {
        return speaksOfSystemd() && unit.get(HandoffDirectives.HANDOFF_AS).contains(HandoffDialect.PIDFDID);
    }

    Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>();
        if (sockets.isEmpty()) {
            return variables;
        }
        for (HandoffDialect dialect : unit.get(HandoffDirectives.HANDOFF_AS)) {
            boolean isOfListenFds = dialect == HandoffDialect.SYSTEMD;
            List<HandedSocket> told = isOfListenFds || dialect == HandoffDialect.PIDFDID ? sockets : own;
            if ((!isOfListenFds || !isStandardInput) && !told.isEmpty()) {
                variables.putAll(Dialects.variables(dialect, told, unit.name().withoutSuffix(), PARENT));
            }
            if (dialect == HandoffDialect.UCSPI && !own.isEmpty()) {
                variables.putAll(
                        Dialects.ofConnection(sockets.get(0), passed.get(0).environment()));
            }
        }
        return variables;
    }

    @Override
    public String fd(String name) {
        return Integer.toString(find("FD", name).number());
    }

    @Override
    public String port(String name) {
        HandedSocket socket = find("PORT", name);
        String port = socket.port();
        if (port == null) {
            throw new NoSuchSocket(
                    "the unit refers to '${PORT:" + name + "}', and '" + socket.address() + "' has no port");
        }
        return port;
    }

    private HandedSocket find(String kind, String name) {
        return sockets.stream()
                .filter(socket -> socket.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchSocket("the unit refers to '${" + kind + ":" + name + "}', but "
                        + Dialects.names(sockets) + "; FileDescriptorName= in the socket unit names one"));
    }
}
