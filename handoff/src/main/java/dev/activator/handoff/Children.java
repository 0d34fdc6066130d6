package dev.activator.handoff;

import dev.activator.handoff.kernel.ProcessCalls;
import dev.activator.listener.Errno;
import dev.activator.listener.Loop;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.SystemCallException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every process that the super-server watches, by pid. The only place that collects exits of those, so that each status reaches
 * the one who waits for it. For the loop's thread.
 */
public final class Children {
    private final Loop loop;
    private final ProcessCalls calls = new ProcessCalls();
    private final Map<Integer, WatchedProcess> byPid = new HashMap<>();
    private boolean areExitsTold;

    public Children(Loop loop) {
        this.loop = loop;
    }

    ProcessCalls calls() {
        return calls;
    }

    Loop loop() {
        return loop;
    }

    /**
     * Watches a process that something else started: the main process of a forking service (PIDFile=), or one that a service
     * named (MAINPID=). Its exit status is known only where it is our child, which an orphan becomes once we are its subreaper.
     *
     * @return empty where there is no such process
     * @throws SystemCallException where there is no descriptor left to watch it by
     */
    public Optional<ChildProcess> adopt(int pid) {
        WatchedProcess known = byPid.get(pid);
        if (known != null) {
            return Optional.of(known);
        }
        int pidfd = calls.openPidfd(pid);
        if (pidfd < 0) {
            Errno errno = new Errno(-pidfd);
            if (errno.equals(Errno.ESRCH) || errno.equals(Errno.EINVAL)) {
                return Optional.empty();
            }
            throw new SystemCallException("pidfd_open", errno, "pid " + pid);
        }
        return Optional.of(watch(pid, OwnedFd.adopt(pidfd, "adopted process " + pid), null));
    }

    /** How many are watched right now. */
    public int count() {
        return byPid.size();
    }

    WatchedProcess watch(int pid, OwnedFd pidfd, @Nullable LaunchProgress progress) {
        WatchedProcess process = new WatchedProcess(this, pid, progress);
        byPid.put(pid, process);
        process.watch(loop, pidfd);
        return process;
    }

    /** A child whose exit somebody tells us of. */
    WatchedProcess expect(int pid, LaunchProgress progress) {
        WatchedProcess process = new WatchedProcess(this, pid, progress);
        byPid.put(pid, process);
        return process;
    }

    /** Whether {@link #collect} is called for each child that exits, so that none needs a descriptor to be watched by. */
    boolean areExitsTold() {
        return areExitsTold;
    }

    void tellExits() {
        areExitsTold = true;
    }

    /** From now on each child is watched by itself, those that there are included. */
    void tellNoExits() {
        areExitsTold = false;
        List.copyOf(byPid.values()).forEach(process -> process.watchByItself(loop));
    }

    /** Another one that has got the number meanwhile, as it may of an adopted process that is no child of ours, stays. */
    void forget(WatchedProcess process) {
        byPid.remove(process.pid(), process);
    }

    /** Collects this pid's exit where it is one of ours; false where it is not. */
    boolean collect(int pid) {
        WatchedProcess process = byPid.get(pid);
        if (process == null) {
            return false;
        }
        process.collect();
        return true;
    }
}
