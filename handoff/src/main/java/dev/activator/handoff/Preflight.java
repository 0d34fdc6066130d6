package dev.activator.handoff;

import dev.activator.handoff.FdMapping.Blocking;
import dev.activator.handoff.kernel.ProcessCalls;
import dev.activator.listener.Errno;
import dev.activator.listener.Loop;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What is done before there is a child: finding out what is certain to fail, and setting what the child shares with us. */
final class Preflight {
    /** For so long a program that could be executed is not looked at again; the child says it too if it cannot be any more. */
    private static final long GOOD_NANOS = 1_000_000_000L;

    private final Loop loop;
    private final ProcessCalls calls;
    private final Inherited inherited;
    private String goodExecutable = "";
    private long goodAt;

    Preflight(Children children, Inherited inherited) {
        this.loop = children.loop();
        this.calls = children.calls();
        this.inherited = inherited;
    }

    /** Looks at the executable, and gives each descriptor the O_NONBLOCK that the child shall find. */
    void check(LaunchPlan plan) throws LaunchFailure {
        checkExecutable(plan);
        @Nullable FdMapping before = null;
        for (FdMapping mapping : plan.fds()) {
            boolean isDone = before != null
                    && before.fd().number() == mapping.fd().number()
                    && before.blocking() == mapping.blocking();
            if (mapping.blocking() != Blocking.AS_IS && !isDone) {
                setBlocking(plan, mapping);
            }
            before = mapping;
        }
    }

    private void checkExecutable(LaunchPlan plan) throws LaunchFailure {
        long now = loop.nanoTime();
        if (plan.executable().equals(goodExecutable) && now - goodAt < GOOD_NANOS) {
            return;
        }
        int refused = calls.checkExecutable(plan.executable());
        if (refused < 0) {
            Errno errno = new Errno(-refused);
            if (!(switchesUser(plan) && errno.equals(Errno.EACCES))) {
                throw LaunchFailure.of(plan, LaunchStage.EXEC, errno);
            }
        } else if (!Files.isRegularFile(Path.of(plan.executable()))) {
            throw LaunchFailure.of(plan, LaunchStage.EXEC, Errno.EACCES, "it is no regular file");
        } else {
            goodExecutable = plan.executable();
            goodAt = now;
        }
    }

    boolean switchesUser(LaunchPlan plan) {
        return plan.context().credentials() != null
                && !plan.context().credentials().isSameAs(inherited.credentials());
    }

    private void setBlocking(LaunchPlan plan, FdMapping mapping) throws LaunchFailure {
        int refused = calls.setNonBlocking(mapping.fd().number(), mapping.blocking() == Blocking.NONBLOCKING);
        if (refused < 0) {
            throw LaunchFailure.of(
                    plan, LaunchStage.FDS, new Errno(-refused), mapping.fd().toString());
        }
    }
}
