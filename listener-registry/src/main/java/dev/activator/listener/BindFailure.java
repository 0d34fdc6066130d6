package dev.activator.listener;

import dev.activator.config.ListenSocket;

/**
 * A listener could not be opened; nothing of its unit stays open. The message is a whole line: {@code web.socket: cannot bind
 * 0.0.0.0:80: EACCES (Permission denied), ports below 1024 need root or CAP_NET_BIND_SERVICE}.
 */
public final class BindFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ListenSocket socket;
    private final String stage;
    private final transient Errno errno;
    private final boolean mayHeal;

    BindFailure(ListenSocket socket, String stage, Errno errno, boolean mayHeal, String message) {
        super(message);
        this.socket = socket;
        this.stage = stage;
        this.errno = errno;
        this.mayHeal = mayHeal;
    }

    public ListenSocket socket() {
        return socket;
    }

    /** What was being done: {@code binding}, {@code setting IPV6_V6ONLY}, {@code creating directory '/run/web'}. */
    public String stage() {
        return stage;
    }

    public Errno errno() {
        return errno;
    }

    /** Whether the same unit may open later without being changed: an address freed, an interface that came, a right given. */
    public boolean mayHeal() {
        return mayHeal;
    }
}
