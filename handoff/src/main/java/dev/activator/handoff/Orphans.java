package dev.activator.handoff;

import dev.activator.handoff.kernel.Descriptors;
import dev.activator.handoff.kernel.LaunchCode;
import dev.activator.handoff.kernel.ProcessCalls;
import dev.activator.listener.Errno;
import dev.activator.listener.Loop;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.SystemCallException;
import dev.activator.listener.Watch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Processes whose parent, a service, has died: they become our children, as subreaper or as PID 1, and are collected here when
 * they exit. Never takes the status of a process that somebody waits for: those in {@link Children} get theirs, and what is in
 * our own session (a helper that the JVM itself started) is left to its starter. PR_SET_CHILD_SUBREAPER(2const).
 */
public final class Orphans implements AutoCloseable {
    /** Most exits collected in one turn of the loop. */
    private static final int TURN = 100;

    private final Loop loop;
    private final Children children;
    private final ProcessCalls calls;
    private final int ownPid = Math.toIntExact(ProcessHandle.current().pid());
    private Runnable listener = () -> {};
    private long collected;
    /** Of which the listener has been told. */
    private long told;

    private boolean isClosed;
    private @Nullable OwnedFd exits;
    private @Nullable Watch watch;

    private Orphans(Loop loop, Children children) {
        this.loop = loop;
        this.children = children;
        this.calls = children.calls();
    }

    /** Becomes the subreaper of all descendants and collects from now on. */
    public static Orphans adoptAll(Loop loop, Children children) {
        Orphans orphans = new Orphans(loop, children);
        int refused = orphans.calls.setSubreaper(true);
        if (refused < 0) {
            throw new SystemCallException("prctl", new Errno(-refused), "PR_SET_CHILD_SUBREAPER");
        }
        orphans.listen();
        orphans.collect();
        return orphans;
    }

    /** Every exit of a child is heard of, since that of an orphan is told in no other way. signal(7) SIGCHLD. */
    private void listen() {
        Optional<LaunchCode> code = LaunchCode.load();
        if (code.isEmpty()) {
            Signals.on("CHLD", loop, this::collect);
            return;
        }
        int fd = Descriptors.openCounter();
        if (fd < 0) {
            throw new SystemCallException("eventfd", new Errno(-fd), "exits of children");
        }
        OwnedFd counter = OwnedFd.adopt(fd, "exits of children");
        exits = counter;
        watch = loop.watch(counter.lend(), readiness -> {
            Descriptors.resetCounter(counter.number());
            collect();
        });
        letTheJvmBegin();
        code.get().countExits(fd);
        children.tellExits();
    }

    /** The JVM sets the handler of SIGCHLD back to the default when it first starts a program, which it may have to for the name of a user. */
    private static void letTheJvmBegin() {
        try {
            Class.forName("java.lang.ProcessImpl");
        } catch (ClassNotFoundException other) {
            // Then this JVM does it in another way.
        }
    }

    /** Hears of it, once for many, when orphans were collected: what they have belonged to may be empty now. */
    public void onCollected(Runnable newListener) {
        listener = newListener;
    }

    /** Orphans collected so far. */
    public long collected() {
        return collected;
    }

    /** What a listener throws ends neither this nor what its fellows are told: the rest comes in another turn. */
    private void collect() {
        if (isClosed) {
            return;
        }
        boolean isDone = false;
        try {
            isDone = sweep();
            tell();
        } finally {
            if (!isDone) {
                loop.execute(this::collect);
            }
        }
    }

    private void tell() {
        if (told != collected) {
            told = collected;
            listener.run();
        }
    }

    /** False where there may be more. */
    private boolean sweep() {
        for (int i = 0; i < TURN; i++) {
            int pid = calls.peekExited();
            if (pid <= 0) {
                return true;
            }
            if (children.collect(pid)) {
                continue;
            }
            if (isOurSession(pid)) {
                // It stays in front until its starter takes it; look behind it.
                collectAround();
                return true;
            }
            collectOrphan(pid);
        }
        return false;
    }

    private void collectAround() {
        for (ProcFile.Stat process : ProcFile.all()) {
            boolean isOurs = process.isZombie() && process.parent() == ownPid;
            if (isOurs && !children.collect(process.pid()) && !isOurSession(process.pid())) {
                collectOrphan(process.pid());
            }
        }
    }

    private void collectOrphan(int pid) {
        if (calls.collect(pid).isPresent()) {
            collected++;
        }
    }

    private boolean isOurSession(int pid) {
        return calls.session(pid) == calls.session(0);
    }

    /** Leaves orphans to the next reaper above from now on. */
    @Override
    public void close() {
        isClosed = true;
        calls.setSubreaper(false);
        if (watch != null && exits != null) {
            LaunchCode.load().ifPresent(code -> code.countExits(-1));
            watch.cancel();
            exits.close();
            children.tellNoExits();
        }
    }
}
