package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.config.LimitName;
import dev.activator.config.ResourceLimit;
import dev.activator.handoff.ChainComposer.DirectoryStep;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A plan takes as few stages as it needs, in the order of the power that they need. */
final class ChainComposerTest {
    private static final Credentials ROOT = new Credentials(0, 0, List.of());
    private static final Inherited AS_ROOT = new Inherited(
            ROOT, -1L, false, 022, 0, 0, Map.of(LimitName.NOFILE, new ResourceLimit(20_000, 20_000)), 1 << 20);
    private static final CgroupPath CGROUP = new CgroupPath(Path.of("/sys/fs/cgroup/x"));

    @Test
    void inetdServiceWithoutAUserIsSpawnedDirectly() throws LaunchFailure {
        ExecChain chain = compose(plan());

        assertThat(chain.isDirect()).isTrue();
        assertThat(chain.file()).isEqualTo("/bin/sleep");
        assertThat(chain.argv()).containsExactly("/bin/sleep", "1000");
    }

    @Test
    void whatIsInheritedAnywayTakesNoStage() throws LaunchFailure {
        assertThat(compose(plan().umask(022)
                                .nice(0)
                                .oomScoreAdjust(0)
                                .credentials(new Credentials(0, 0, List.of(0)))
                                .limit(LimitName.NOFILE, new ResourceLimit(20_000, 20_000))
                                .workingDirectory("/srv"))
                        .isDirect())
                .isTrue();
    }

    @Test
    void listenPidTakesTheShellAlone() throws LaunchFailure {
        assertThat(stages(plan().pidVariable(PidVariable.LISTEN_PID))).containsExactly("(activator)");
    }

    @Test
    void limitOfOpenFilesTakesNoStageOfItsOwnBesideAShell() throws LaunchFailure {
        LaunchPlanBuilder plan = plan().limit(LimitName.NOFILE, new ResourceLimit(1024, 4096));
        assertThat(stages(plan)).containsExactly("prlimit");

        ExecChain chain = compose(plan.cgroup(CGROUP));
        assertThat(chain.stages()).extracting(ExecStage::comm).containsExactly("(activator)");
        assertThat(chain.argv())
                .containsSubsequence("activator", CGROUP.toString(), "", "1024", "4096", "", "", "", "");
    }

    @Test
    void userTakesSetprivAlone() throws LaunchFailure {
        ExecChain chain = compose(plan().credentials(new Credentials(33, 33, List.of(4, 33))));

        assertThat(String.join(" ", chain.argv()))
                .endsWith("setpriv --reuid=33 --regid=33 --groups=4,33 /bin/sleep 1000");
    }

    @Test
    void orderIsThatOfThePowerNeeded() throws LaunchFailure {
        LaunchPlanBuilder everything = plan().argv(List.of("name", "1000"))
                .cgroup(CGROUP)
                .umask(077)
                .nice(-5)
                .oomScoreAdjust(-100)
                .noNewPrivileges(true)
                .credentials(new Credentials(33, 33, List.of()))
                .limit(LimitName.CORE, new ResourceLimit(0, 0))
                .environment("LD_PRELOAD", "/x.so");

        assertThat(stages(everything)).containsExactly("(activator)", "nice", "prlimit", "setpriv", "env", "bash");
    }

    @Test
    void libraryPathNeverReachesAProgramThatRunsAsRoot() throws LaunchFailure {
        ExecChain chain = compose(plan().credentials(new Credentials(33, 33, List.of()))
                .environment("LD_LIBRARY_PATH", "/srv/www/lib")
                .environment("GLIBC_TUNABLES", "x")
                .environment("A", "1"));

        assertThat(chain.environment()).isEqualTo(Map.of("A", "1"));
        assertThat(chain.argv()).containsSubsequence("GLIBC_TUNABLES=x", "LD_LIBRARY_PATH=/srv/www/lib", "/bin/sleep");
    }

    @Test
    void libraryPathOfADirectSpawnStaysInTheEnvironment() throws LaunchFailure {
        assertThat(compose(plan().environment("LD_LIBRARY_PATH", "/lib")).environment())
                .isEqualTo(Map.of("LD_LIBRARY_PATH", "/lib"));
    }

    @Test
    void directoryOfTheUserAloneIsEnteredAfterTheSwitch() throws LaunchFailure {
        LaunchPlan plan = plan().credentials(new Credentials(33, 33, List.of()))
                .workingDirectory("/home/nfs")
                .build();
        ExecChain chain = new ChainComposer(HostTools.find(), AS_ROOT).compose(plan, DirectoryStep.AFTER_SWITCH);

        assertThat(chain.stages()).extracting(ExecStage::comm).containsExactly("setpriv", "env");
        assertThat(chain.failure("env", 125)).isEqualTo(LaunchStage.CHDIR);
    }

    @Test
    void valuesAreNeverPastedIntoTheScript() throws LaunchFailure {
        ExecChain chain = compose(plan().cgroup(new CgroupPath(Path.of("/$(touch /x)/'\"`id`"))));

        assertThat(chain.argv().get(2)).doesNotContain("touch").doesNotContain("`id`");
        assertThat(chain.argv()).contains("/$(touch /x)/'\"`id`");
    }

    @Test
    void stageIsToldFromTheProgramByItsCommandLine() throws LaunchFailure {
        ExecChain chain = compose(plan().pidVariable(PidVariable.LISTEN_PID).noNewPrivileges(true));
        List<String> afterShell = chain.argv().subList(13, chain.argv().size());

        assertThat(chain.isStage(commandLine(chain.argv()))).isTrue();
        assertThat(afterShell.get(0)).endsWith("setpriv");
        assertThat(chain.isStage(commandLine(afterShell))).isTrue();
        assertThat(chain.isStage(commandLine(List.of("/bin/sleep", "1000")))).isFalse();
        assertThat(chain.isStage(commandLine(List.of("nginx: master process")))).isFalse();
    }

    private static byte[] commandLine(List<String> words) {
        return (String.join("\0", words) + "\0").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static LaunchPlanBuilder plan() {
        return Rig.sleeper();
    }

    private static List<String> stages(LaunchPlanBuilder plan) throws LaunchFailure {
        return compose(plan).stages().stream().map(ExecStage::comm).toList();
    }

    private static ExecChain compose(LaunchPlanBuilder plan) throws LaunchFailure {
        return new ChainComposer(HostTools.find(), AS_ROOT).compose(plan.build(), DirectoryStep.AT_SPAWN);
    }
}
