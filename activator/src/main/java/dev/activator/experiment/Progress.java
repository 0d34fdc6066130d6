package dev.activator.experiment;

import dev.activator.cli.Terminal;

/** One line that changes while something takes its time; where there is no terminal, a line at its begin and one at its end. */
public final class Progress {
    private static final String BACK_AND_CLEAR = "\r\u001b[K";

    private final Terminal terminal;
    private final String what;
    private String shown = "";

    public Progress(Terminal terminal, String what) {
        this.terminal = terminal;
        this.what = what;
        if (isLive()) {
            update("...");
        } else {
            terminal.out().println(what + " ...");
        }
    }

    /** Shows how far it is. */
    public void update(String state) {
        if (isLive() && !state.equals(shown)) {
            terminal.out().print(BACK_AND_CLEAR + what + ": " + state);
            terminal.out().flush();
            shown = state;
        }
    }

    /** Shows how it ended, for good. */
    public void end(String result) {
        terminal.out().println((isLive() ? BACK_AND_CLEAR : "") + what + ": " + result);
    }

    private boolean isLive() {
        return terminal.columns() > 0;
    }
}
