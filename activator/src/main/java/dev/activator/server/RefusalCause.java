package dev.activator.server;

import java.util.Locale;

/** Why an accepted connection was not served. */
enum RefusalCause {
    /** AllowFrom=, DenyFrom=. */
    ACCESS,
    /** MaxConnections= with OnLimit=refuse or banner. */
    MAX_CONNECTIONS,
    /** MaxConnectionsPerSource=. */
    MAX_CONNECTIONS_PER_SOURCE,
    /** ConnectionRatePerSource=. */
    CONNECTION_RATE_PER_SOURCE,
    /** WhileSuspended=reset or answer. */
    SUSPENDED,
    /** WakeOn=first-byte: it said nothing. */
    NO_FIRST_BYTE;

    /** As status and JSON have it, {@code max-connections}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it is worth a line in the log; one who only looks whether a port is open is not. */
    boolean isSaid() {
        return this != NO_FIRST_BYTE;
    }
}
