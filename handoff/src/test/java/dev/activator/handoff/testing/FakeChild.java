package dev.activator.handoff.testing;

import dev.activator.config.Signal;
import dev.activator.handoff.ChildProcess;
import dev.activator.handoff.ExitStatus;
import dev.activator.handoff.ExitStatus.Exited;
import dev.activator.handoff.ExitStatus.NeverExecuted;
import dev.activator.handoff.ExitStatus.Signaled;
import dev.activator.handoff.LaunchPlan;
import dev.activator.handoff.LaunchStage;
import dev.activator.listener.Errno;
import dev.activator.listener.SystemCallException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A process that exists only in a test, which says when it executes and how it ends. */
public final class FakeChild implements ChildProcess {
    private final int pid;
    private final LaunchPlan plan;
    private final List<Signal> signals = new ArrayList<>();
    private final List<Signal> groupSignals = new ArrayList<>();
    private @Nullable Consumer<ExitStatus> listener;
    private @Nullable ExitStatus exit;
    private boolean hasExecuted = true;
    private boolean isClosed;
    private boolean isBeyondReach;

    private final List<String> deviations;

    FakeChild(int pid, LaunchPlan plan, List<String> deviations) {
        this.pid = pid;
        this.plan = plan;
        this.deviations = deviations;
    }

    public LaunchPlan plan() {
        return plan;
    }

    /** Asserts that these names are in LISTEN_FDNAMES, in this order and no others. */
    public FakeChild withFds(String... names) {
        String passed = plan.environment().getOrDefault("LISTEN_FDNAMES", "");
        if (!passed.equals(String.join(":", names))) {
            throw new AssertionError(plan.unit() + " was launched with the descriptors '" + passed + "' instead of "
                    + Arrays.toString(names));
        }
        return this;
    }

    /** The program ends by itself. */
    public void exit(int code) {
        end(new Exited(code));
    }

    /** A signal ends it. */
    public void die(Signal signal) {
        end(new Signaled(signal, false));
    }

    /** Its exec chain fails, so that it ends without having been the program. */
    public void failAt(LaunchStage stage) {
        hasExecuted = false;
        end(new NeverExecuted(stage, stage.describe(plan)));
    }

    /** Ends in the given way; a second end is a defect of the test. */
    public void end(ExitStatus status) {
        if (exit != null) {
            throw new AssertionError(this + " has ended already: " + exit);
        }
        exit = status;
        Consumer<ExitStatus> told = listener;
        listener = null;
        if (told != null) {
            told.accept(status);
        }
    }

    /** Puts it into its exec chain, or past it. */
    public void executed(boolean value) {
        hasExecuted = value;
    }

    /** It has executed a program that is set-user-ID: from now on an unprivileged super-server may not signal it. */
    public void getOutOfReach() {
        isBeyondReach = true;
    }

    /** Signals sent to it alone, in order. */
    public List<Signal> signals() {
        return List.copyOf(signals);
    }

    /** Signals sent to its group, in order. */
    public List<Signal> groupSignals() {
        return List.copyOf(groupSignals);
    }

    public boolean isRunning() {
        return exit == null;
    }

    public boolean isClosed() {
        return isClosed;
    }

    @Override
    public List<String> deviations() {
        return deviations;
    }

    @Override
    public int pid() {
        return pid;
    }

    @Override
    public void signal(Signal signal) {
        if (isBeyondReach && exit == null) {
            throw new SystemCallException("kill", Errno.EPERM, "process " + pid);
        }
        if (exit == null) {
            signals.add(signal);
        }
    }

    @Override
    public void signalGroup(Signal signal) {
        if (exit == null) {
            groupSignals.add(signal);
        }
    }

    @Override
    public boolean hasExecuted() {
        return hasExecuted;
    }

    @Override
    public void onExit(Consumer<ExitStatus> newListener) {
        if (exit != null) {
            newListener.accept(exit);
        } else {
            listener = newListener;
        }
    }

    @Override
    public void close() {
        isClosed = true;
        listener = null;
    }

    @Override
    public String toString() {
        return "process " + pid + " of " + plan.unit();
    }
}
