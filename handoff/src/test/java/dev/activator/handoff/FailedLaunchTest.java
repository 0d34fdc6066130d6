package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.handoff.ExitStatus.Exited;
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
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way in which a launch can fail is told with its stage, and told from what the program itself does. */
@ParameterizedClass
@EnumSource(Rig.Way.class)
@ExtendWith({FdLeakCheck.class, ZombieCheck.class})
final class FailedLaunchTest {
    @TempDir
    Path directory;

    private final Rig rig;

    FailedLaunchTest(Rig.Way way) {
        rig = new Rig(way);
    }

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
    void missingCgroupIsNamedBeforeTheProgramRuns() {
        CgroupPath missing = new CgroupPath(directory.resolve("cgroup"));

        assertThatLaunchFails(writesFile().cgroup(missing)).startsWith("joining cgroup '" + missing + "'");
        assertThat(directory.resolve("ran")).doesNotExist();
    }

    @Test
    void programBehindAShellThatCannotBeExecutedIsNamed() throws Exception {
        String script = executable("script", "#!/no/such/interpreter\n");

        ExitStatus exit = rig.runToEnd(LaunchPlan.of(Rig.UNIT, script).pidVariable(PidVariable.LISTEN_PID));

        assertThat(exit.failedStage()).isEqualTo(LaunchStage.EXEC);
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
                    .isEqualTo("setting the capabilities: EPERM (Operation not permitted), we lack CAP_SETPCAP; "
                            + "AllowUnsupportedHardening=yes in [X-Activator] starts it without");
            HostStep sandbox =
                    new Sandbox().need("ProtectSystem=").readOnly("/usr").step();
            assertThatLaunchFails(user, Rig.sleeper().step(sandbox))
                    .isEqualTo(
                            "setting up what it sees of the host (ProtectSystem=): EPERM (Operation not permitted), we lack "
                                    + "CAP_SYS_ADMIN; AllowUnsupportedHardening=yes in [X-Activator] starts it without");
        }
    }

    @Test
    void whoAllowsItIsStartedUnconfinedWhereWeLackPower() throws Exception {
        Inherited ours = Inherited.ofThisProcess();
        Inherited powerless = new Inherited(
                ours.credentials(), 0, false, ours.umask(), ours.nice(), ours.oomScoreAdjust(), ours.limits(), 1 << 20);
        HostStep sandbox = new Sandbox().need("ProtectSystem=").readOnly("/usr").step();
        try (Rig user = new Rig(HostTools.find(), powerless)) {
            ChildProcess child = user.run(
                    Rig.sleeper().step(sandbox).boundingSet(java.util.Set.of()).unconfinedIfNeeded(true));
            assertThat(child.deviations())
                    .containsExactly(
                            "CapabilityBoundingSet= cannot be applied: we lack CAP_SETPCAP, ignoring as "
                                    + "AllowUnsupportedHardening= says",
                            "ProtectSystem= cannot be applied: we lack CAP_SYS_ADMIN, ignoring as AllowUnsupportedHardening= says");
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

    private LaunchPlanBuilder writesFile() {
        return Rig.shell("echo x > '" + directory.resolve("ran") + "'");
    }

    private String executable(String name, String content) throws IOException {
        Path file = Files.writeString(directory.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }

    private org.assertj.core.api.AbstractStringAssert<?> assertThatLaunchFails(LaunchPlanBuilder plan) {
        return assertThat(rig.failure(plan));
    }

    private static org.assertj.core.api.AbstractStringAssert<?> assertThatLaunchFails(
            Rig where, LaunchPlanBuilder plan) {
        return assertThat(where.failure(plan));
    }
}
