package dev.activator.server;

import dev.activator.listener.OwnedFd;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One accepted connection; ours until a process has it. */
final class ConnectionSource implements SocketSource {
    private final OwnedFd connection;
    private final String name;
    private final String address;
    private final Map<String, String> environment;

    ConnectionSource(OwnedFd connection, String name, String address, Map<String, String> environment) {
        this.connection = connection;
        this.name = name;
        this.address = address;
        this.environment = environment;
    }

    @Override
    public List<PassedSocket> sockets() {
        return connection.isOpen()
                ? List.of(new PassedSocket(connection.lend(), name, address, environment))
                : List.of();
    }

    @Override
    public @Nullable HandoffEnd handoff() {
        return null;
    }

    @Override
    public void handedOver() {
        connection.close();
    }

    @Override
    public void abandoned() {
        connection.close();
    }
}
