package dev.activator.config;

import java.util.List;

/** How processes are ended; rows of [Service]. systemd.kill(5). */
public final class KillDirectives {
    private static final Rows ROWS = new Rows("Service");

    public static final Directive<KillMode> KILL_MODE =
            ROWS.add("KillMode", Syntaxes.word(KillMode.class), KillMode.CONTROL_GROUP, "Which processes a stop ends.");

    public static final Directive<Signal> KILL_SIGNAL = ROWS.add(
            "KillSignal", Syntaxes.SIGNAL, Signal.TERM, "The signal that asks a process to end; SIGCONT follows.");

    public static final Directive<Signal> RESTART_KILL_SIGNAL = ROWS.add(ROWS.row(
                    "RestartKillSignal", Syntaxes.SIGNAL, Signal.TERM, "The same for a stop that is part of a restart.")
            .defaultFrom("KillSignal=", settings -> settings.get(KILL_SIGNAL)));

    public static final Directive<Boolean> SEND_SIGHUP =
            ROWS.add("SendSIGHUP", Syntaxes.BOOLEAN, false, "Sends SIGHUP at once after KillSignal=, for shells.");

    public static final Directive<Boolean> SEND_SIGKILL = ROWS.add(
            "SendSIGKILL", Syntaxes.BOOLEAN, true, "Sends FinalKillSignal= to what is left after TimeoutStopSec=.");

    public static final Directive<Signal> FINAL_KILL_SIGNAL =
            ROWS.add("FinalKillSignal", Syntaxes.SIGNAL, Signal.KILL, "The signal that ends what is left.");

    public static final Directive<Signal> WATCHDOG_SIGNAL = ROWS.add(
            "WatchdogSignal", Syntaxes.SIGNAL, Signal.ABRT, "The signal to a service that missed its watchdog.");

    private KillDirectives() {}

    static List<Directive<?>> rows() {
        return ROWS.all();
    }
}
