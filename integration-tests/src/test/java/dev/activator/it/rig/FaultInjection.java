package dev.activator.it.rig;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** System calls of a running process that fail as told: {@code strace --inject}, attached until it is closed. */
public final class FaultInjection implements AutoCloseable {

    private static final long DETACH_SECONDS = 10;

    private final Process strace;
    private final Transcript trace;

    private FaultInjection(Process strace) {
        this.strace = strace;
        this.trace = Transcript.of(strace.getErrorStream());
    }

    /**
     * Attaches to all threads of {@code pid}; {@code fault} is written as {@code strace} has it, such as
     * {@code accept4:error=EMFILE:when=1..3}. Where ptrace(2) is not allowed the test is skipped visibly.
     */
    public static FaultInjection into(long pid, String fault) throws IOException {
        String calls = fault.substring(0, fault.indexOf(':'));
        Process strace = Command.of(
                        "strace", "-f", "-e", "signal=none", "-e", "trace=" + calls, "-e", "inject=" + fault)
                .and(List.of("-p", Long.toString(pid)))
                .start();
        FaultInjection injection = new FaultInjection(strace);
        String first = injection.trace.await("strace: ");
        if (first.contains("Operation not permitted")) {
            throw VisibleSkip.now("ptrace is not allowed here: " + first);
        }
        return injection;
    }

    /** Returns when a call has failed on purpose. */
    public void awaitInjected() {
        trace.await("(INJECTED)");
    }

    @Override
    public void close() {
        strace.destroy();
        try {
            if (!strace.waitFor(DETACH_SECONDS, TimeUnit.SECONDS)) {
                strace.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            strace.destroyForcibly();
        }
    }
}
