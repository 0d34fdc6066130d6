package dev.activator.control;

import java.io.IOException;

/** What a client sent is no request that can be answered; it gets the status and the reason, and its connection is closed. */
final class HttpRefusal extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String reason;

    HttpRefusal(int status, String reason) {
        super(reason);
        this.status = status;
        this.reason = reason;
    }

    String reason() {
        return reason;
    }

    int status() {
        return status;
    }
}
