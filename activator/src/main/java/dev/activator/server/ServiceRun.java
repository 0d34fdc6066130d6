package dev.activator.server;

import dev.activator.config.UnitName;
import dev.activator.handoff.ExitStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one run of a service has come to, from its first command on. */
final class ServiceRun {
    private RunResult result = RunResult.SUCCESS;
    /** Of the run before, where there was none after it. */
    private RunResult earlier = RunResult.SUCCESS;

    private @Nullable ExitStatus mainStatus;
    private @Nullable Instant mainExitedAt;
    private boolean started;
    private String statusText = "";
    private String failure = "";

    ServiceRun() {}

    /** One whose main process never comes to be; what became of the last one can still be seen. */
    static ServiceRun without(ServiceRun last) {
        ServiceRun run = new ServiceRun();
        run.mainStatus = last.mainStatus;
        run.mainExitedAt = last.mainExitedAt;
        run.earlier = last.result == RunResult.START_LIMIT_HIT ? last.earlier : last.result;
        return run;
    }

    /** Notes an outcome; the first failure wins. */
    void endedWith(RunResult outcome) {
        if (result == RunResult.SUCCESS) {
            result = outcome;
        }
    }

    void mainExited(ExitStatus status, Instant at) {
        mainStatus = status;
        mainExitedAt = at;
    }

    /** The main process counts as started, so that ExecStop= has something to stop. */
    void markStarted() {
        started = true;
    }

    /** What the service said with STATUS=. sd_notify(3). */
    void say(String text) {
        statusText = text;
    }

    /** Says what went wrong, and keeps the first such reason for status. */
    void complain(EventLog log, UnitName unit, String reason) {
        log.fail(unit, reason);
        if (failure.isEmpty()) {
            failure = reason;
        }
    }

    /** The reason that was given; empty where nothing failed. */
    String failure() {
        return failure;
    }

    /** Forgets a failure; the rest stays to be looked at. */
    void forgive() {
        result = RunResult.SUCCESS;
        failure = "";
    }

    RunResult result() {
        return result;
    }

    /** As systemd has it, where the start limit is no result of its own after a failure. */
    RunResult systemdsResult() {
        return result == RunResult.START_LIMIT_HIT && earlier.isFailure() ? earlier : result;
    }

    boolean isStarted() {
        return started;
    }

    String statusText() {
        return statusText;
    }

    /** How the main process ended; null while it runs. */
    @Nullable
    ExitStatus mainStatus() {
        return mainStatus;
    }

    @Nullable
    Instant mainExitedAt() {
        return mainExitedAt;
    }
}
