package dev.activator.server;

import dev.activator.config.UnitName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event log as text, one line an event, through slf4j. */
final class Slf4jEventLog implements EventLog {
    private final Logger logger = LoggerFactory.getLogger("activator");

    @Override
    public void note(UnitName unit, String message) {
        logger.info("{}: {}", unit, message);
    }

    @Override
    public void warn(UnitName unit, String message) {
        logger.warn("{}: {}", unit, message);
    }

    @Override
    public void fail(UnitName unit, String message) {
        logger.error("{}: {}", unit, message);
    }

    /** A callback of the loop threw: a defect of ours, which has cost no more than that callback. */
    static void defect(String purpose, Throwable failure) {
        LoggerFactory.getLogger("activator").error("defect in {}, please report it", purpose, failure);
    }

    /** Something that a killed predecessor left behind was still running, and is ended now. */
    static void leftover(String cgroup) {
        LoggerFactory.getLogger("activator").warn("ended processes of {}, left by an earlier super-server", cgroup);
    }

    /** What is to outlive us cannot be kept: of the accounting, or of what was launched. */
    static void recordsAreMissing(String why) {
        LoggerFactory.getLogger("activator").warn("{}", why);
    }

    /** Launching works, but costs several programs a time. */
    static void launchesAreChained(String why) {
        LoggerFactory.getLogger("activator")
                .info("services are launched through setpriv, prlimit and the like, {}", why);
    }

    @Override
    public void transition(UnitName unit, String from, String to, String why) {
        logger.debug("{}: {} -> {} ({})", unit, from, to, why);
    }
}
