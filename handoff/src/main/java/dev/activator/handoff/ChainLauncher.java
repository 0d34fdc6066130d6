package dev.activator.handoff;

import dev.activator.handoff.ChainComposer.DirectoryStep;
import dev.activator.handoff.kernel.ProcessCalls;
import dev.activator.handoff.kernel.SpawnRequest;
import dev.activator.handoff.kernel.Spawner;
import dev.activator.listener.Errno;
import dev.activator.listener.OwnedFd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The real launcher: posix_spawn, through a chain of small system programs where the plan asks for more than posix_spawn can do.
 *
 * <p>What is certain to fail is found out before there is a child and thrown with its errno; what only the child can find out
 * ends the child, whose {@link ExitStatus.NeverExecuted} names the stage, and the stage's own program says why on the child's
 * standard error.
 */
final class ChainLauncher implements Launcher {
    private final Children children;
    private final ProcessCalls calls;
    private final Spawner spawner = new Spawner();
    private final ChainComposer composer;
    private final Preflight preflight;
    private final int ownPid = Math.toIntExact(ProcessHandle.current().pid());

    /** From now on this process ignores SIGPIPE. */
    ChainLauncher(Children children, HostTools tools, Inherited inherited) {
        this.children = children;
        this.calls = children.calls();
        preflight = new Preflight(children, inherited);
        this.composer = new ChainComposer(tools, inherited);
        Spawner.ignoreSigpipe();
    }

    @Override
    public ChildProcess launch(LaunchPlan plan) throws LaunchFailure {
        preflight.check(plan);
        try {
            return launch(plan, DirectoryStep.AT_SPAWN, plan.context().workingDirectory());
        } catch (LaunchFailure failure) {
            if (failure.stage() != LaunchStage.CHDIR) {
                throw failure;
            }
            if (preflight.switchesUser(plan) && failure.errno().equals(Errno.EACCES)) {
                return launch(plan, DirectoryStep.AFTER_SWITCH, "/");
            }
            if (plan.context().workingDirectoryOptional()) {
                return launch(plan, DirectoryStep.AT_SPAWN, "/");
            }
            throw failure;
        }
    }

    private ChildProcess launch(LaunchPlan plan, DirectoryStep step, String directory) throws LaunchFailure {
        ExecChain chain = composer.compose(plan, step);
        // A child without a pidfd would have to be killed again, so its descriptor is made sure of first.
        int reserved = calls.openPidfd(ownPid);
        if (reserved < 0) {
            throw LaunchFailure.of(plan, LaunchStage.SPAWN, new Errno(-reserved));
        }
        int pid;
        try {
            pid = spawner.spawn(request(plan, chain, directory));
        } finally {
            calls.closePidfd(reserved);
        }
        if (pid < 0) {
            throw spawnFailure(plan, chain, directory, new Errno(-pid));
        }
        int pidfd = calls.openPidfd(pid);
        if (pidfd < 0) {
            calls.kill(-pid, 9);
            calls.collectBlocking(pid);
            throw LaunchFailure.of(plan, LaunchStage.SPAWN, new Errno(-pidfd));
        }
        OwnedFd owned = OwnedFd.adopt(pidfd, plan.unit() + " process " + pid);
        return children.watch(pid, owned, new ChainProgress(plan, chain));
    }

    private static SpawnRequest request(LaunchPlan plan, ExecChain chain, String directory) {
        int[] sources = FdShuffle.sources(plan.fds(), FdShuffle.NOTHING);
        List<Integer> nulls = new ArrayList<>();
        for (int stream = 0; stream < 3; stream++) {
            if (sources[stream] == FdShuffle.NOTHING) {
                nulls.add(stream);
            }
        }
        List<String> environment = new ArrayList<>();
        chain.environment().forEach((name, value) -> environment.add(name + "=" + value));
        return new SpawnRequest(
                chain.file(),
                chain.argv(),
                environment,
                FdShuffle.order(sources),
                nulls,
                sources.length,
                directory,
                plan.context().ignoreSigpipe());
    }

    /** posix_spawn does not say which of its steps failed; directory and executable are looked at to find out. */
    private LaunchFailure spawnFailure(LaunchPlan plan, ExecChain chain, String directory, Errno errno) {
        if (errno.equals(Errno.EAGAIN) || errno.isShortage()) {
            return LaunchFailure.of(plan, LaunchStage.SPAWN, errno);
        }
        if (errno.equals(Errno.EBADF)) {
            return LaunchFailure.of(plan, LaunchStage.FDS, errno);
        }
        if (calls.checkExecutable(directory) < 0 || !Files.isDirectory(Path.of(directory))) {
            return LaunchFailure.of(plan, LaunchStage.CHDIR, errno);
        }
        if (!chain.isDirect()) {
            return LaunchFailure.of(plan, LaunchStage.EXEC, errno, "which runs through '" + chain.file() + "'");
        }
        return new LaunchFailure(LaunchStage.EXEC, errno, LaunchStage.EXEC.describe(plan, errno));
    }
}
