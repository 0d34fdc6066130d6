package dev.activator.server;

import dev.activator.config.TimeSpan;
import dev.activator.handoff.MemoryReturn;
import dev.activator.listener.Loop;
import dev.activator.listener.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What happens to an instance while it stands still: its memory goes, bytes on its connections wake it, and in the end it is stopped. */
final class StandingStill {
    /** As late as a client of an open connection is answered. */
    private static final Duration LOOK = Duration.ofMillis(200);

    private static final double MIB = 1 << 20;

    private final Loop loop;
    private final EventLog log;
    private final Machine machine;
    private final ServiceProcesses processes;
    private final Consumer<String> wake;
    private final Runnable deepen;
    private @Nullable Timer look;
    private @Nullable Timer pageOut;
    private @Nullable Timer stop;
    private String memory = "";
    private int spell;

    StandingStill(
            Loop loop,
            EventLog log,
            Machine machine,
            ServiceProcesses processes,
            Consumer<String> wake,
            Runnable deepen) {
        this.loop = loop;
        this.log = log;
        this.machine = machine;
        this.processes = processes;
        this.wake = wake;
        this.deepen = deepen;
    }

    void begin(SleepOrder order) {
        end();
        SleepOrder.Rest rest = order.rest();
        if (rest.hasConnections()) {
            look = loop.after(LOOK, "look for bytes", () -> look(order));
        }
        pageOut = after(rest.pageOutAfter(), "give back the memory of " + machine.name(), this::giveBack);
        stop = after(rest.stopAfter(), "stop what stands still", deepen);
    }

    void end() {
        spell++;
        memory = "";
        for (Timer timer : new @Nullable Timer[] {look, pageOut, stop}) {
            if (timer != null) {
                timer.cancel();
            }
        }
    }

    private @Nullable Timer after(Duration delay, String purpose, Runnable task) {
        return delay.equals(TimeSpan.INFINITY) ? null : loop.after(delay, purpose, task);
    }

    private void look(SleepOrder order) {
        String user = order.usedBy().get();
        if (user != null) {
            wake.accept("used by " + user);
        } else {
            look = loop.after(LOOK, "look for bytes", () -> look(order));
        }
    }

    /** On a thread of its own, since writing to swap takes its time. */
    private void giveBack() {
        MemoryReturn way = processes.memoryReturn();
        int present = spell;
        Thread thread = new Thread(
                () -> {
                    MemoryReturn.Outcome outcome = way.perform();
                    loop.execute(() -> tell(outcome, present));
                },
                "memory-return");
        thread.setDaemon(true);
        thread.start();
    }

    private void tell(MemoryReturn.Outcome outcome, int when) {
        if (when == spell) {
            String drawback = outcome.drawback().isEmpty() ? "" : "; " + outcome.drawback();
            memory = String.format(
                            Locale.ROOT,
                            "%.1f of %.1f MiB given back",
                            (outcome.before() - outcome.after()) / MIB,
                            outcome.before() / MIB)
                    + drawback;
            log.note(machine.name(), "standing still (PageOutAfterSec=): " + memory);
        }
    }

    /** What became of its memory; empty where nothing has yet. */
    String memory() {
        return memory;
    }
}
