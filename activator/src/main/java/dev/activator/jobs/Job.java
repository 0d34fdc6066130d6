package dev.activator.jobs;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** One job under way. For the loop's thread. */
public final class Job {
    private final int number;
    private final String unit;
    private final JobKind kind;
    private final String cause;
    private final long noticed;
    private final Instant since;
    private final CompletableFuture<JobEnd> end = new CompletableFuture<>();
    private boolean isRunning;

    Job(int number, String unit, JobKind kind, String cause, long noticed, Instant since) {
        this.number = number;
        this.unit = unit;
        this.kind = kind;
        this.cause = cause;
        this.noticed = noticed;
        this.since = since;
    }

    public int number() {
        return number;
    }

    public String unit() {
        return unit;
    }

    public JobKind kind() {
        return kind;
    }

    /** What it is for, for people. */
    public String cause() {
        return cause;
    }

    /** When what it is for was noticed, in the loop's nanoseconds. */
    public long noticed() {
        return noticed;
    }

    public Instant since() {
        return since;
    }

    /** Whether it does something; else it waits for others. */
    public boolean isRunning() {
        return isRunning;
    }

    /** Completes on the loop, never exceptionally. */
    CompletableFuture<JobEnd> end() {
        return end;
    }

    void begin() {
        isRunning = true;
    }
}
