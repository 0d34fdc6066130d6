package dev.activator.control;

import java.io.IOException;

/** The control socket cannot be had: another super-server uses it, or the place is not fit for it. The message says what to do. */
public final class ControlSocketTaken extends IOException {
    private static final long serialVersionUID = 1;

    ControlSocketTaken(String message) {
        super(message);
    }
}
