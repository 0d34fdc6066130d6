package dev.activator.handoff;

import dev.activator.config.Signal;
import dev.activator.listener.Errno;
import dev.activator.listener.Loop;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.SystemCallException;
import dev.activator.listener.Watch;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A process whose exit is waited for, launched or adopted: by its pidfd, or, of a child of ours whose exit is told, without one. */
final class WatchedProcess implements ChildProcess {
    private final Children children;
    private final int pid;
    private final @Nullable LaunchProgress progress;
    private @Nullable OwnedFd pidfd;
    private @Nullable Watch watch;
    private @Nullable ExitStatus exit;
    private @Nullable Consumer<ExitStatus> listener;
    private boolean hasExecuted;

    WatchedProcess(Children children, int pid, @Nullable LaunchProgress progress) {
        this.children = children;
        this.pid = pid;
        this.progress = progress;
        hasExecuted = progress == null;
    }

    /** From now on by its descriptor, which it closes. */
    void watch(Loop loop, OwnedFd descriptor) {
        pidfd = descriptor;
        watch = loop.watch(descriptor.lend(), readiness -> collect());
    }

    /** Where nobody tells of its exit any more. */
    void watchByItself(Loop loop) {
        if (pidfd != null) {
            return;
        }
        int opened = children.calls().openPidfd(pid);
        if (opened < 0) {
            throw new SystemCallException("pidfd_open", new Errno(-opened), "process " + pid);
        }
        watch(loop, OwnedFd.adopt(opened, "process " + pid));
    }

    /** Takes the exit status from the kernel and tells the listener; the process must have exited. */
    void collect() {
        if (exit != null) {
            return;
        }
        try {
            if (progress != null) {
                progress.exiting(pid);
            }
        } finally {
            // One that is not taken would be met again for ever.
            end(children.calls().collect(pid));
        }
    }

    private void end(OptionalInt status) {
        exit = status.isPresent() ? diagnose(ExitStatus.ofWaitStatus(status.getAsInt())) : new ExitStatus.Unknown();
        if (watch != null) {
            watch.cancel();
        }
        if (pidfd != null) {
            pidfd.close();
        }
        children.forget(this);
        tell(exit);
    }

    private ExitStatus diagnose(ExitStatus status) {
        if (progress == null) {
            return status;
        }
        ExitStatus diagnosed = progress.diagnose(status);
        hasExecuted |= !(diagnosed instanceof ExitStatus.NeverExecuted);
        return diagnosed;
    }

    private void tell(ExitStatus status) {
        Consumer<ExitStatus> told = listener;
        listener = null;
        if (told != null) {
            told.accept(status);
        }
    }

    @Override
    public int pid() {
        return pid;
    }

    @Override
    public void signal(Signal signal) {
        if (exit != null) {
            return;
        }
        if (pidfd == null) {
            // A child of ours that is not collected: its number is still its own.
            check("kill", children.calls().kill(pid, signal.number()));
        } else {
            check("pidfd_send_signal", children.calls().signalPidfd(pidfd.number(), signal.number()));
        }
    }

    @Override
    public void signalGroup(Signal signal) {
        if (exit != null) {
            return;
        }
        // A launched process leads its own group. An adopted one may be in anybody's, even in ours.
        if (children.calls().processGroup(pid) == pid) {
            check("kill", children.calls().kill(-pid, signal.number()));
        } else {
            signal(signal);
        }
    }

    private void check(String call, int result) {
        if (result < 0 && -result != Errno.ESRCH.number()) {
            throw new SystemCallException(call, new Errno(-result), "process " + pid);
        }
    }

    @Override
    public boolean hasExecuted() {
        if (!hasExecuted && exit == null && progress != null) {
            hasExecuted = progress.hasExecuted(pid);
        }
        return hasExecuted;
    }

    @Override
    public void onExit(Consumer<ExitStatus> newListener) {
        listener = newListener;
        if (exit != null) {
            tell(exit);
        }
    }

    @Override
    public List<String> deviations() {
        return progress == null ? List.of() : progress.deviations();
    }

    @Override
    public void close() {
        listener = null;
    }

    @Override
    public String toString() {
        return (progress == null ? "adopted process " : progress.unit() + " process ") + pid;
    }
}
