package dev.activator.server;

import dev.activator.cli.RunOptions;
import dev.activator.cli.ServerEntry;
import dev.activator.config.Problem;
import dev.activator.config.UnitCatalog;
import dev.activator.handoff.Signals;
import dev.activator.handoff.kernel.OwnMemory;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One super-server from its start to its end: loads the units, opens their sockets, says that it is ready, and stops in order. */
public final class Server implements ServerEntry {
    private static final Logger LOG = LoggerFactory.getLogger("activator");

    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public int run(RunOptions options) {
        try (Wiring wiring = Wiring.open(options)) {
            reportProblems(wiring.units().catalog());
            wiring.loop().execute(() -> start(wiring, options));
            started.await();
            OwnMemory.release();
            ended.await();
            return 0;
        } catch (IOException e) {
            LOG.error("cannot start: {}", e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    static void reportProblems(UnitCatalog catalog) {
        for (Problem problem : catalog.problems()) {
            if (problem.severity() == Problem.Severity.ERROR) {
                LOG.error("{}", problem);
            } else {
                LOG.warn("{}", problem);
            }
        }
        if (!catalog.problems().isEmpty()) {
            LOG.warn("{}", catalog.summary());
        }
    }

    private void start(Wiring wiring, RunOptions options) {
        Signals.onTerm(wiring.loop(), () -> stop(wiring, "SIGTERM"));
        Signals.onInterrupt(wiring.loop(), () -> stop(wiring, "SIGINT"));
        Signals.onHangup(wiring.loop(), () -> wiring.reloading().request("SIGHUP"));
        wiring.startSockets();
        Announcement.make(wiring.units(), System.out, options.readyFd(), System.getenv());
        started.countDown();
    }

    private void stop(Wiring wiring, String why) {
        LOG.info("stopping on {}", why);
        new Shutdown(wiring.loop(), wiring.units(), ended::countDown).begin(why);
    }
}
