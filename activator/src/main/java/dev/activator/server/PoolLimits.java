package dev.activator.server;

import dev.activator.config.Directive;
import dev.activator.config.HandoffDirectives;
import dev.activator.config.SocketDirectives;
import dev.activator.config.SocketUnit;
import dev.activator.config.UnitName;
import java.time.Duration;
import java.util.List;

/**
 * What bounds a pool of workers, as the sockets say it that pass to it: the first that sets it. Workers=, WorkerBacklog=, WorkerConnections=,
 * WorkerTimeoutSec=.
 *
 * @param connections of one worker, 0 for no limit
 * @param wantEnds whether anything depends on how many connections a worker has: which is the least loaded, or a limit
 */
record PoolLimits(int workers, int backlog, int connections, Duration timeout, boolean wantEnds) {
    /** For a pool that no socket passes to. */
    static final PoolLimits NONE = new PoolLimits(0, 0, 0, Duration.ZERO, false);

    static PoolLimits of(UnitName service, List<SocketUnit> sockets) {
        int workers = service.isTemplate() ? get(HandoffDirectives.WORKERS, sockets) : 1;
        int connections = get(HandoffDirectives.WORKER_CONNECTIONS, sockets);
        return new PoolLimits(
                workers,
                get(HandoffDirectives.WORKER_BACKLOG, sockets),
                connections,
                get(HandoffDirectives.WORKER_TIMEOUT, sockets),
                workers > 1 || connections > 0 || sockets.stream().anyMatch(PoolLimits::isCounted));
    }

    /** Whether the unit limits how many connections are open. */
    static boolean isCounted(SocketUnit unit) {
        return unit.isSet(SocketDirectives.MAX_CONNECTIONS)
                || unit.get(SocketDirectives.MAX_CONNECTIONS_PER_SOURCE) > 0;
    }

    private static <T> T get(Directive<T> row, List<SocketUnit> sockets) {
        return sockets.stream()
                .filter(socket -> socket.isSet(row))
                .findFirst()
                .map(socket -> socket.get(row))
                .orElse(row.defaultValue());
    }
}
