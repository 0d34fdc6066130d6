package dev.activator.server;

import dev.activator.control.WakeReport;
import dev.activator.listener.ConnectedClients;
import dev.activator.listener.Listener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names the clients that woke a service which takes its connections itself: nobody has told the super-server, but the kernel knows who is
 * connected. To ask costs a walk over the host's TCP sockets, so it is for the accounting's thread, and where services wake all the time
 * only some are asked for.
 */
final class WakingClients {
    private static final String CONNECTION = "connection ";

    /** Dozens of services that wake at once are all asked for; of those that wake all day it takes 2 % of one processor. */
    private final TimeAllowance allowance = new TimeAllowance(Duration.ofMillis(100), 50, System::nanoTime);

    private @Nullable ConnectedClients connected;

    /** Whether it was a client, and no order. */
    static boolean isClient(WakeReport report) {
        return report.cause().startsWith(CONNECTION);
    }

    /** The same report, with the address of one of those who are connected, and how many others there are. */
    WakeReport name(WakeReport report, List<Listener> listeners) {
        // A connection that was accepted here has its client's name already.
        if (!report.cause().startsWith(CONNECTION + "on ")) {
            return report;
        }
        List<String> clients = new ArrayList<>();
        for (Listener listener : listeners) {
            if (report.cause().equals(CONNECTION + "on " + listener.address())) {
                allowance.spend(() -> clients.addAll(connected().of(listener)));
            }
        }
        if (clients.isEmpty()) {
            return report;
        }
        String others = clients.size() == 1 ? "" : " and " + (clients.size() - 1) + " more";
        String cause =
                CONNECTION + "of " + clients.get(0) + others + report.cause().substring(CONNECTION.length() - 1);
        return new WakeReport(report.at(), cause, report.phases());
    }

    private ConnectedClients connected() {
        ConnectedClients present = connected;
        if (present == null) {
            present = new ConnectedClients();
            connected = present;
        }
        return present;
    }
}
