package dev.activator.server;

import dev.activator.cli.ExitStatus;
import dev.activator.cli.RunOptions;
import dev.activator.cli.ServerEntry;
import dev.activator.config.Problem;
import dev.activator.config.UnitCatalog;
import dev.activator.handoff.Signals;
import dev.activator.handoff.kernel.OwnMemory;
import dev.activator.logging.Logging;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One super-server from its start to its end: loads the units, opens their sockets, says that it is ready, and stops in order. */
public final class Server implements ServerEntry {
    /** What the main thread does for the loop. */
    private enum Errand {
        MAKE_READY,
        GIVE_MEMORY_BACK,
        END
    }

    private final BlockingQueue<Errand> errands = new LinkedBlockingQueue<>();

    @Override
    public int run(RunOptions options) {
        if (options.readyFd() >= 0 && !ReadyFd.isOpen(options.readyFd())) {
            log().error("cannot start: --ready-fd {}: {}", options.readyFd(), ReadyFd.MISSING);
            return ExitStatus.USAGE;
        }
        FirstReading reading = FirstReading.begin(options);
        try {
            Logging.configure(options.log(), options.logLevel());
        } catch (IOException e) {
            log().error("cannot start: --log: {}", StartTrouble.ofLog(e));
            return 1;
        }
        return serve(options, reading);
    }

    /** Asked for when it is needed, as to make the first takes a while. */
    private static Logger log() {
        return LoggerFactory.getLogger("activator");
    }

    private int serve(RunOptions options, FirstReading reading) {
        try (Wiring wiring = Wiring.open(options, reading, () -> errands.add(Errand.GIVE_MEMORY_BACK))) {
            reportProblems(wiring.units().catalog());
            wiring.loop().execute(() -> start(wiring));
            for (Errand errand = errands.take(); errand != Errand.END; errand = errands.take()) {
                switch (errand) {
                    case MAKE_READY -> {
                        wiring.rehearsal().perform();
                        wiring.loop().execute(() -> announce(wiring, options));
                    }
                    case GIVE_MEMORY_BACK -> giveMemoryBack();
                    case END -> {}
                }
            }
            return 0;
        } catch (IOException e) {
            log().error("cannot start: {}", StartTrouble.words(e, options));
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    static void reportProblems(UnitCatalog catalog) {
        OpenFiles.check(catalog);
        for (Problem problem : catalog.problems()) {
            if (problem.severity() == Problem.Severity.ERROR) {
                log().error("{}", problem);
            } else {
                log().warn("{}", problem);
            }
        }
        if (!catalog.problems().isEmpty()) {
            log().warn("{}", catalog.summary());
        }
    }

    private void start(Wiring wiring) {
        Signals.onTerm(wiring.loop(), () -> stop(wiring, "SIGTERM"));
        Signals.onInterrupt(wiring.loop(), () -> stop(wiring, "SIGINT"));
        Signals.onHangup(wiring.loop(), () -> {
            Logging.reopen();
            wiring.reloading().request("SIGHUP");
        });
        wiring.startDefault();
        errands.add(Errand.MAKE_READY);
    }

    private static void announce(Wiring wiring, RunOptions options) {
        Announcement.make(wiring.units(), System.out, options.readyFd(), System.getenv());
    }

    /** Garbage first, since the collector itself touches much of what is let go then. */
    private static void giveMemoryBack() {
        System.gc();
        OwnMemory.release();
    }

    private void stop(Wiring wiring, String why) {
        log().info("stopping on {}", why);
        new Shutdown(wiring.loop(), wiring.units(), () -> errands.add(Errand.END)).begin(why);
    }
}
