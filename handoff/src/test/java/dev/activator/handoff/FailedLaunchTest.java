package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.activator.config.LimitName;
import dev.activator.config.ResourceLimit;
import dev.activator.config.Signal;
import dev.activator.handoff.ExitStatus.Exited;
import dev.activator.handoff.ExitStatus.NeverExecuted;
import dev.activator.listener.BorrowedFd;
import dev.activator.listener.Errno;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.ZombieCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which a launch can fail is told with its stage, and told from what the program itself does. */
@ExtendWith({FdLeakCheck.class, ZombieCheck.class})
final class FailedLaunchTest {
    @TempDir
    Path directory;

    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void missingExecutableNeedsNoChild() {
        assertThatLaunchFails(LaunchPlan.of(Rig.UNIT, "/no/such"))
                .isEqualTo("executing '/no/such': ENOENT (No such file or directory)");
    }

    @Test
    void executableThatIsADirectoryOrNotExecutableNeedsNoChild() throws IOException {
        Path plain = Files.writeString(directory.resolve("plain"), "#!/bin/sh\n");

        assertThatLaunchFails(LaunchPlan.of(Rig.UNIT, plain.toString())).endsWith("EACCES (Permission denied)");
        assertThatLaunchFails(LaunchPlan.of(Rig.UNIT, directory.toString())).endsWith("it is no regular file");
    }

    @Test
    void scriptWithoutItsInterpreterIsNamed() throws IOException {
        String script = executable("script", "#!/no/such/interpreter\n");

        assertThatLaunchFails(LaunchPlan.of(Rig.UNIT, script))
                .isEqualTo("executing '" + script + "': ENOENT (No such file or directory), the file is there, so its"
                        + " interpreter or loader is not");
    }

    @Test
    void fileThatIsNoProgramIsNotRunByAShell() throws IOException {
        String text = executable("text", "echo unexpected\n");

        assertThatLaunchFails(LaunchPlan.of(Rig.UNIT, text)).contains("ENOEXEC");
    }

    @Test
    void directoryThatCannotBeEnteredIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatLaunchFails(Rig.sleeper().workingDirectory("/srv/no such"))
                .isEqualTo("changing directory to '/srv/no such': ENOENT (No such file or directory)");
        assertThatLaunchFails(Rig.sleeper().workingDirectory(file.toString()))
                .isEqualTo("changing directory to '" + file + "': ENOTDIR (Not a directory)");
    }

    @Test
    void closedDescriptorIsNamed() {
        BorrowedFd closed = new BorrowedFd(999, "listener");

        assertThatLaunchFails(Rig.sleeper().fd(new FdMapping(3, closed, FdMapping.Blocking.BLOCKING)))
                .isEqualTo("passing the file descriptors: EBADF (Bad file descriptor), fd 999 (listener)");
        assertThatLaunchFails(Rig.sleeper().fd(new FdMapping(3, closed, FdMapping.Blocking.AS_IS)))
                .isEqualTo("passing the file descriptors: EBADF (Bad file descriptor)");
    }

    @Test
    void argumentsThatAreTooLongAreSaid() {
        assertThatLaunchFails(Rig.sleeper().environment("LONG", "x".repeat(3_000_000)))
                .contains("executing '/bin/sleep': E2BIG");
    }

    @Test
    void missingCgroupEndsTheChildBeforeTheProgramRuns() throws Exception {
        CgroupPath missing = new CgroupPath(directory.resolve("cgroup"));

        ExitStatus exit = rig.runToEnd(writesFile().cgroup(missing));

        assertThat(exit).isEqualTo(new NeverExecuted(LaunchStage.CGROUP, "joining cgroup '" + missing + "'"));
        assertThat(exit.failedStage()).isEqualTo(LaunchStage.CGROUP);
        assertThat(directory.resolve("ran")).doesNotExist();
    }

    @Test
    void programBehindAShellThatCannotBeExecutedIsNamed() throws Exception {
        String script = executable("script", "#!/no/such/interpreter\n");

        ExitStatus exit = rig.runToEnd(LaunchPlan.of(Rig.UNIT, script).pidVariable(PidVariable.LISTEN_PID));

        assertThat(exit.failedStage()).isEqualTo(LaunchStage.EXEC);
    }

    @Test
    void refusedUserGroupsLimitsAndOomScoreAreNamed() throws Exception {
        LaunchPlanBuilder user = writesFile().credentials(new Credentials(4242, 4242, List.of()));
        assertThat(endWithTools("exit 1", user).failedStage()).isEqualTo(LaunchStage.USER);

        LaunchPlanBuilder capabilities = writesFile().boundingSet(java.util.Set.of());
        assertThat(endWithTools("exit 1", capabilities).failedStage()).isEqualTo(LaunchStage.CAPABILITIES);

        LaunchPlanBuilder privileges = writesFile().noNewPrivileges(true);
        assertThat(endWithTools("exit 1", privileges).failedStage()).isEqualTo(LaunchStage.NO_NEW_PRIVILEGES);

        LaunchPlanBuilder limits = writesFile().limit(LimitName.CORE, new ResourceLimit(1, 1));
        assertThat(endWithTools("exit 1", limits).failedStage()).isEqualTo(LaunchStage.LIMITS);

        assertThat(endWithTools("exit 125", writesFile().nice(3)).failedStage()).isEqualTo(LaunchStage.NICE);
        assertThat(directory.resolve("ran")).doesNotExist();
    }

    @Test
    void limitAndOomScoreThatTheKernelRefusesToTheShellAreNamed() throws Exception {
        assumeTrue(!Inherited.ofThisProcess().mayTakeMoreResources(), "runs without CAP_SYS_RESOURCE");
        try (Rig boastful = new Rig(HostTools.find(), withEveryCapability())) {
            LaunchPlanBuilder files = writesFile().umask(0).limit(LimitName.NOFILE, new ResourceLimit(100, 1_000_000));
            assertThat(boastful.runToEnd(files).failedStage()).isEqualTo(LaunchStage.LIMITS);

            assertThat(boastful.runToEnd(writesFile().oomScoreAdjust(-500)))
                    .isEqualTo(new NeverExecuted(LaunchStage.OOM_ADJUST, "setting the OOM score adjustment to -500"));
        }
    }

    @Test
    void powerThatWeLackIsSaidBeforeThereIsAChild() {
        Inherited ours = Inherited.ofThisProcess();
        Inherited powerless = new Inherited(
                ours.credentials(), 0, false, ours.umask(), ours.nice(), ours.oomScoreAdjust(), ours.limits(), 1 << 20);
        try (Rig user = new Rig(HostTools.find(), powerless)) {
            assertThatLaunchFails(user, Rig.sleeper().credentials(new Credentials(1, 1, List.of())))
                    .isEqualTo("switching to user 1: EPERM (Operation not permitted), we lack CAP_SETUID");
            int uid = ours.credentials().uid();
            assertThatLaunchFails(user, Rig.sleeper().credentials(new Credentials(uid, 1, List.of(7))))
                    .isEqualTo("setting the groups to 1 [7]: EPERM (Operation not permitted), we lack CAP_SETGID");
            assertThatLaunchFails(user, Rig.sleeper().nice(-7))
                    .isEqualTo("setting the niceness to -7: EACCES (Permission denied), we lack CAP_SYS_NICE");
            assertThatLaunchFails(user, Rig.sleeper().boundingSet(java.util.Set.of()))
                    .isEqualTo("setting the capabilities: EPERM (Operation not permitted), we lack CAP_SETPCAP");
        }
    }

    @Test
    void missingToolIsSaidWithItsPackage() {
        try (Rig bare = new Rig(HostTools.find(List.of(directory)), Inherited.ofThisProcess())) {
            assertThatLaunchFails(bare, Rig.sleeper().noNewPrivileges(true))
                    .isEqualTo(
                            "NoNewPrivileges= and Capability*= needs the program 'setpriv' of util-linux, which this host lacks");
            assertThatLaunchFails(bare, Rig.sleeper().pidVariable(PidVariable.LISTEN_PID))
                    .isEqualTo("test.service needs the program 'sh' of dash or bash, which this host lacks");
        }
    }

    @Test
    void busyboxDoesNotPassForSetpriv() throws IOException {
        Path busybox = Path.of(executable("busybox", ""));
        Files.createSymbolicLink(directory.resolve("setpriv"), busybox);

        try (Rig small = new Rig(HostTools.find(List.of(directory)), Inherited.ofThisProcess())) {
            assertThatLaunchFails(small, Rig.sleeper().noNewPrivileges(true)).contains("'setpriv' of util-linux");
        }
    }

    @Test
    void programsOwnExitCodesAreItsOwn() throws Exception {
        for (int code : new int[] {0, 1, 125, 126, 127, 200, 203, 216, 217, 219, 255}) {
            LaunchPlanBuilder direct = Rig.shell("exit " + code);
            LaunchPlanBuilder chained = Rig.shell("exit " + code)
                    .pidVariable(PidVariable.LISTEN_PID)
                    .noNewPrivileges(true)
                    .nice(1);
            assertThat(rig.runToEnd(direct)).isEqualTo(new Exited(code));
            assertThat(rig.runToEnd(chained)).isEqualTo(new Exited(code));
        }
    }

    @Test
    void signalThatEndsAStageIsASignal() throws Exception {
        ExitStatus exit = endWithTools("kill -TERM $$; exit 1", writesFile().noNewPrivileges(true));

        assertThat(exit).isEqualTo(new ExitStatus.Signaled(Signal.TERM, false));
    }

    @Test
    void launchWithoutADescriptorLeftMakesNoChildAndMayBeTriedAgain() throws Exception {
        rig.runToEnd(Rig.shell("exit 0")); // so that no class has to be read from a file below
        LaunchPlan plan = Rig.sleeper().build();
        LaunchFailure failure;
        List<OwnedFd> hoard = new ArrayList<>();
        try {
            for (int fd = rig.children.calls().openPidfd(1);
                    fd >= 0;
                    fd = rig.children.calls().openPidfd(1)) {
                hoard.add(OwnedFd.adopt(fd, "hoard"));
            }
            failure = refusal(plan);
        } finally {
            hoard.forEach(OwnedFd::close);
        }

        assertThat(failure).hasMessage("starting a process: EMFILE (Too many open files)");
        assertThat(failure.isPassing()).isTrue();
        assertThat(rig.children.count()).isZero();
        assertThat(rig.runToEnd(Rig.shell("exit 0")).isSuccess()).isTrue();
    }

    private LaunchFailure refusal(LaunchPlan plan) {
        try {
            throw new AssertionError(rig.launcher.launch(plan) + " was launched");
        } catch (LaunchFailure failure) {
            return failure;
        }
    }

    @Test
    void shortagesPassAndMistakesDoNot() {
        assertThat(failure(Errno.EAGAIN).isPassing()).isTrue();
        assertThat(failure(Errno.ENOMEM).isPassing()).isTrue();
        assertThat(failure(Errno.EMFILE).isPassing()).isTrue();
        assertThat(failure(Errno.ENFILE).isPassing()).isTrue();
        assertThat(failure(Errno.ENOENT).isPassing()).isFalse();
        assertThat(failure(Errno.EACCES).isPassing()).isFalse();
    }

    private static LaunchFailure failure(Errno errno) {
        return LaunchFailure.of(Rig.sleeper().build(), LaunchStage.SPAWN, errno);
    }

    /** Runs the plan on a host whose chain tools are scripts that do this. */
    private ExitStatus endWithTools(String script, LaunchPlanBuilder plan) throws Exception {
        Path tools = Files.createDirectories(directory.resolve("tools"));
        for (HostTools.Tool tool : HostTools.Tool.values()) {
            Path path = tools.resolve(tool.program());
            Files.deleteIfExists(path);
            Files.writeString(path, "#!/bin/sh\n" + script + "\n");
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        try (Rig broken = new Rig(HostTools.find(List.of(tools)), withEveryCapability())) {
            return broken.runToEnd(plan);
        }
    }

    private static Inherited withEveryCapability() {
        Inherited ours = Inherited.ofThisProcess();
        return new Inherited(
                ours.credentials(),
                -1L,
                false,
                ours.umask(),
                ours.nice(),
                ours.oomScoreAdjust(),
                ours.limits(),
                1 << 20);
    }

    private LaunchPlanBuilder writesFile() {
        return Rig.shell("echo x > '" + directory.resolve("ran") + "'");
    }

    private String executable(String name, String content) throws IOException {
        Path file = Files.writeString(directory.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }

    private org.assertj.core.api.AbstractStringAssert<?> assertThatLaunchFails(LaunchPlanBuilder plan) {
        return assertThatLaunchFails(rig, plan);
    }

    private static org.assertj.core.api.AbstractStringAssert<?> assertThatLaunchFails(
            Rig where, LaunchPlanBuilder plan) {
        LaunchFailure[] thrown = new LaunchFailure[1];
        assertThatExceptionOfType(LaunchFailure.class)
                .isThrownBy(() -> where.launch(plan))
                .satisfies(failure -> thrown[0] = failure);
        return assertThat(thrown[0].getMessage());
    }
}
