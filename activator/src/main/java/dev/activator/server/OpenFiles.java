package dev.activator.server;

import dev.activator.config.SocketUnit;
import dev.activator.config.UnitCatalog;
import dev.activator.listener.OpenFilesLimit;
import org.slf4j.LoggerFactory;

/** Sees to it that there are descriptors enough for what the units declare, and says so before there are too few. */
final class OpenFiles {
    /** For ourselves: the log, the control socket, its connections and what is passing. */
    private static final int OWN = 256;
    /** A service that runs: its process, its control group, both ends of its log. */
    private static final int A_SERVICE = 4;

    private OpenFiles() {}

    /** Raises the limit where that is needed and allowed. */
    static void prepare(UnitCatalog catalog) {
        long listeners = 0;
        for (SocketUnit socket : catalog.sockets().values()) {
            listeners += socket.listen().size();
        }
        long services = catalog.services().size();
        String shortage = shortage(listeners, services, OpenFilesLimit.raise(need(listeners, services)));
        if (!shortage.isEmpty()) {
            LoggerFactory.getLogger("activator").warn("{}", shortage);
        }
    }

    private static long need(long listeners, long services) {
        return OWN + listeners + A_SERVICE * services;
    }

    /** Empty where the limit does. */
    static String shortage(long listeners, long services, long limit) {
        if (limit >= need(listeners, services)) {
            return "";
        }
        long left = limit - OWN - listeners;
        String what = left < 0
                ? -left + " of " + listeners + " listeners cannot be opened"
                : "no more than about " + left / A_SERVICE + " of " + services + " services can run at a time";
        return "at most " + limit + " files may be open here, so that " + what
                + ", the others wait; raise the hard limit to " + need(listeners, services)
                + " (LimitNOFILE=, ulimit -Hn, docker run --ulimit nofile=)";
    }
}
