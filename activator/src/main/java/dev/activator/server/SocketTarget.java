package dev.activator.server;

import dev.activator.config.ServiceUnit;
import dev.activator.config.UnitCatalog;
import dev.activator.config.UnitName;
import dev.activator.handoff.RemotePeer;
import dev.activator.listener.Accepted;
import dev.activator.listener.Listener;
import dev.activator.listener.Peer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one socket unit wakes, looked up by name at each wake so that a reload counts at once. */
final class SocketTarget implements Wakeable {
    private final Units units;
    private final UnitName name;
    private @Nullable WorkerPool pool;
    private @Nullable UnitCatalog poolOf;
    private long instances;

    SocketTarget(Units units, UnitName socket) {
        this.units = units;
        this.name = socket;
    }

    @Override
    public boolean wake(SocketActivation socket, String cause, long readableAt) {
        Optional<ServiceUnit> unit = units.catalog().service(socket.unit().service());
        unit.ifPresent(service -> units.jobs().wake(service, cause, readableAt));
        return unit.isPresent();
    }

    @Override
    public void stir() {
        ServiceInstance instance = units.service(service());
        if (instance != null) {
            instance.sleeping().stir();
        }
    }

    @Override
    public boolean serve(SocketActivation socket, Listener listener, Accepted.Connection connection, long readableAt) {
        if (socket.unit().isPassing()) {
            return pool(socket).pass(socket, listener, connection, readableAt);
        }
        UnitName template = socket.unit().service();
        String instance = connection.instanceName(instances++);
        Optional<ServiceUnit> unit = units.catalog().service(template.withInstance(instance));
        if (unit.isEmpty()) {
            connection.fd().close();
            return false;
        }
        ConnectionSource source =
                new ConnectionSource(connection.fd(), listener.fdName(), connection.local(), environment(connection));
        Units.Served served = new Units.Served(
                socket, connection.peer().sourceKey(), connection.peer().display());
        String cause = "connection of " + connection.peer().display() + " on " + listener.address();
        units.jobs().wake(units.serving(unit.get(), source, served), cause, readableAt);
        return true;
    }

    /** Looked for once for each state of the unit files. */
    private WorkerPool pool(SocketActivation socket) {
        WorkerPool present = pool;
        if (present == null || !units.catalog().equals(poolOf)) {
            present = units.pool(socket);
            pool = present;
            poolOf = units.catalog();
        }
        return present;
    }

    @Override
    public boolean hasRoom(SocketActivation socket) {
        return pool(socket).hasRoom();
    }

    @Override
    public void drop(SocketActivation socket) {
        if (socket.unit().isPassing()) {
            pool(socket).drop(socket);
        }
    }

    private static Map<String, String> environment(Accepted.Connection connection) {
        Peer peer = connection.peer();
        Map<String, String> variables = new TreeMap<>(
                peer.address() == null
                        ? RemotePeer.environment(peer.name())
                        : RemotePeer.environment(peer.address(), peer.port()));
        if (peer.address() == null && peer.uid() >= 0) {
            variables.put("UNIXREMOTEEUID", Integer.toUnsignedString(peer.uid()));
            variables.put("UNIXREMOTEEGID", Integer.toUnsignedString(peer.gid()));
            variables.put("UNIXREMOTEPID", Integer.toString(peer.pid()));
        }
        variables.put("SO_COOKIE", Long.toUnsignedString(connection.cookie()));
        return variables;
    }

    @Override
    public boolean isOccupied() {
        boolean isQuiet = units.services().isEmpty() && units.jobs().jobs().isEmpty();
        if (isQuiet) {
            return false;
        }
        UnitName service = service();
        ServiceInstance instance = units.service(service);
        boolean isOccupied = instance != null && !instance.state().isAsleep();
        return isOccupied || units.jobs().isAwaited(service);
    }

    @Override
    public void onSocketState(SocketActivation socket, SocketState from, SocketState to) {
        units.jobs().onSocket(socket, from, to);
    }

    private UnitName service() {
        return units.catalog()
                .resolve(name)
                .map(units::socket)
                .map(units::target)
                .orElse(name);
    }

    @Override
    public boolean isHeld() {
        StandingOrders orders = units.orders();
        return !orders.isEmpty() && (orders.holds(name) || orders.holds(service()));
    }

    @Override
    public Instant now() {
        return units.now();
    }
}
