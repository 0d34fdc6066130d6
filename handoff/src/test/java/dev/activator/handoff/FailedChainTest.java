package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.activator.config.LimitName;
import dev.activator.config.ResourceLimit;
import dev.activator.config.Signal;
import dev.activator.handoff.ExitStatus.NeverExecuted;
import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.ZombieCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A chain of system programs that fails tells which of its stages did, and is told from what the program itself does. */
@ExtendWith({FdLeakCheck.class, ZombieCheck.class})
final class FailedChainTest {
    @TempDir
    Path directory;

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
    void signalThatEndsAStageIsASignal() throws Exception {
        ExitStatus exit = endWithTools("kill -TERM $$; exit 1", writesFile().noNewPrivileges(true));

        assertThat(exit).isEqualTo(new ExitStatus.Signaled(Signal.TERM, false));
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

    private static org.assertj.core.api.AbstractStringAssert<?> assertThatLaunchFails(
            Rig where, LaunchPlanBuilder plan) {
        return assertThat(where.failure(plan));
    }
}
