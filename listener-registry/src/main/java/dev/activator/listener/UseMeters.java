package dev.activator.listener;

import java.util.List;
import java.util.function.Supplier;

/** Makes the meters of services. For the loop's thread. */
public final class UseMeters {
    private final Kernel kernel;
    private final ConnectionCounter counter;
    private final EndedConnections endings;

    public UseMeters(Kernel kernel) {
        this.kernel = kernel;
        this.counter = new ConnectionCounter(kernel);
        this.endings = new EndedConnections(kernel);
    }

    /**
     * A meter of one service, which has looked once and counts from now on. The caller closes it.
     *
     * @param listeners those that it has at each moment
     * @param held what its processes have open
     */
    public UseMeter of(Supplier<List<Listener>> listeners, HeldSockets held) {
        return new UseMeter(kernel, counter, endings, listeners, held, false);
    }

    /** The same of one instance among several that serve the same listeners: only what its own processes have open counts for it. */
    public UseMeter ofOneOfSeveral(Supplier<List<Listener>> listeners, HeldSockets held) {
        return new UseMeter(kernel, counter, endings, listeners, held, true);
    }
}
