package dev.activator.config;

import java.util.List;

/** What the settings of a socket unit about passing connections must satisfy together. */
final class HandoffChecks {
    private static final List<Directive<?>> OF_WORKERS = List.of(
            HandoffDirectives.WORKERS,
            HandoffDirectives.WORKER_BACKLOG,
            HandoffDirectives.WORKER_CONNECTIONS,
            HandoffDirectives.WORKER_TIMEOUT);

    private HandoffChecks() {}

    static void check(Settings settings, List<ListenSocket> listen, Findings findings) {
        if (settings.get(HandoffDirectives.HANDOFF) != HandoffMode.PASS) {
            for (Directive<?> row : OF_WORKERS) {
                if (settings.isSet(row)) {
                    findings.warning(row, row + " has no effect without Handoff=pass");
                }
            }
            return;
        }
        if (settings.get(SocketDirectives.ACCEPT)) {
            findings.error(
                    HandoffDirectives.HANDOFF,
                    "Handoff=pass cannot be set with Accept=yes: a connection goes to a service that runs, or to one of its own");
        }
        for (ListenSocket each : listen) {
            if (!each.kind().canAccept()) {
                findings.error(
                        HandoffDirectives.HANDOFF,
                        "Handoff=pass needs connections, which " + each.kind().directive() + "= '" + each.address()
                                + "' does not have; move it to another unit");
            }
        }
        if (settings.get(SocketDirectives.FLUSH_PENDING)) {
            findings.error(
                    SocketDirectives.FLUSH_PENDING,
                    "FlushPending=yes cannot be set with Handoff=pass, which leaves nothing pending");
        }
    }
}
