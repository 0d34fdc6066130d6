package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.activator.config.LimitName;
import dev.activator.config.ResourceLimit;
import dev.activator.handoff.FdMapping.Blocking;
import dev.activator.handoff.kernel.Pipes;
import dev.activator.handoff.kernel.ProcessCalls;
import dev.activator.listener.BorrowedFd;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.ZombieCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A child gets exactly the descriptors, environment, credentials and limits that its plan says. */
@ParameterizedClass
@EnumSource(Rig.Way.class)
@ExtendWith({FdLeakCheck.class, ZombieCheck.class})
final class ChildMatchesPlanTest {
    private static final String IGNORED_SIGPIPE_ONLY = "0000000000001000";
    private static final String NONE = "0000000000000000";

    @TempDir
    Path directory;

    private final Rig.Way way;
    private final Rig rig;

    ChildMatchesPlanTest(Rig.Way way) {
        this.way = way;
        rig = new Rig(way);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void unmappedStreamsAreDevNullAndNothingElseIsOpen() throws Exception {
        ChildProcess child = rig.run(Rig.sleeper());

        assertThat(Rig.fdsOf(child)).isEqualTo(Map.of(0, "/dev/null", 1, "/dev/null", 2, "/dev/null"));
    }

    @Test
    void mappedDescriptorsAreThereAndNothingElse() throws Exception {
        LaunchPlanBuilder plan = Rig.sleeper()
                .fd(new FdMapping(1, file("out"), Blocking.AS_IS))
                .fd(new FdMapping(2, file("err"), Blocking.AS_IS))
                .fds(ListenFds.mappings(List.of(file("a"), file("b")), Blocking.BLOCKING));

        assertThat(Rig.fdsOf(rig.run(plan)))
                .isEqualTo(Map.of(0, "/dev/null", 1, path("out"), 2, path("err"), 3, path("a"), 4, path("b")));
    }

    @Test
    void twoHundredDescriptorsWhoseNumbersOverlapTheirTargetsArriveInOrder() throws Exception {
        List<BorrowedFd> files = new ArrayList<>();
        Map<Integer, String> expected = new LinkedHashMap<>(Map.of(0, "/dev/null", 1, "/dev/null", 2, "/dev/null"));
        for (int i = 0; i < 200; i++) {
            files.add(0, file("f" + i));
        }
        for (int i = 0; i < 200; i++) {
            expected.put(3 + i, files.get(i).purpose());
        }
        assertThat(files).anyMatch(fd -> fd.number() < 203);

        ChildProcess child = rig.run(Rig.sleeper().fds(ListenFds.mappings(files, Blocking.AS_IS)));

        assertThat(Rig.fdsOf(child)).isEqualTo(expected);
    }

    @Test
    void childOfAProcessWithAThousandDescriptorsHasOnlyItsOwnAndTheParentKeepsAll() throws Exception {
        BorrowedFd early = file("early");
        for (int i = 0; i < 1000; i++) {
            file("f" + i);
        }
        BorrowedFd late = file("late");
        LaunchPlanBuilder plan = Rig.sleeper()
                .fd(new FdMapping(1, early, Blocking.AS_IS))
                .fds(ListenFds.mappings(List.of(late, early), Blocking.BLOCKING));
        Map<Integer, String> expected =
                Map.of(0, "/dev/null", 1, path("early"), 2, "/dev/null", 3, path("late"), 4, path("early"));
        SortedMap<Integer, String> before = OwnedFd.inventory();

        assertThat(Rig.fdsOf(rig.run(plan))).isEqualTo(expected);
        assertThat(Rig.fdsOf(rig.run(plan))).isEqualTo(expected);

        assertThat(OwnedFd.inventory()).containsAllEntriesOf(before);
        before.keySet().forEach(fd -> assertThat(Path.of("/proc/self/fd/" + fd)).satisfies(Files::readSymbolicLink));
        assertThat(Files.readSymbolicLink(Path.of("/proc/self/fd/" + late.number())))
                .hasToString(path("late"));
    }

    /** A client must see its connection end when its service does: more are launched in one turn than can be lent to at once. */
    @Test
    void manyThatAreLaunchedInOneTurnGetEachItsOwnAndWeKeepNoneOfIt() throws Exception {
        for (int i = 0; i < 1000; i++) {
            file("f" + i);
        }
        List<OwnedFd> answers = new ArrayList<>();
        List<ExitStatus> exits = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int[] ends = Pipes.open();
            answers.add(OwnedFd.adopt(ends[0], "answer " + i));
            try (OwnedFd connection = OwnedFd.adopt(ends[1], "connection " + i)) {
                FdMapping output = new FdMapping(1, connection.lend(), Blocking.AS_IS);
                rig.launch(Rig.shell("echo " + i).fd(output)).onExit(exits::add);
            }
        }
        rig.loop.runUntil(() -> exits.size() == answers.size());

        Pipes pipes = new Pipes(100);
        for (int i = 0; i < answers.size(); i++) {
            assertThat(new String(pipes.read(answers.get(i).number()), StandardCharsets.US_ASCII))
                    .isEqualTo(i + "\n");
            assertThat(ownDescriptorsOf(answers.get(i))).isEqualTo(1);
            answers.get(i).close();
        }
    }

    /** How many of ours are of the same pipe. */
    private static long ownDescriptorsOf(OwnedFd pipe) throws IOException {
        Path table = Path.of("/proc/self/fd");
        Path target = Files.readSymbolicLink(table.resolve(Integer.toString(pipe.number())));
        long count = 0;
        for (int fd : OwnedFd.inventory().keySet()) {
            Path entry = table.resolve(Integer.toString(fd));
            count +=
                    Files.isSymbolicLink(entry) && Files.readSymbolicLink(entry).equals(target) ? 1 : 0;
        }
        return count;
    }

    @Test
    void chainLeavesNoDescriptorBehind() throws Exception {
        ChildProcess child = rig.run(fullChain().fd(new FdMapping(3, file("a"), Blocking.BLOCKING)));

        assertThat(Rig.fdsOf(child)).isEqualTo(Map.of(0, "/dev/null", 1, "/dev/null", 2, "/dev/null", 3, path("a")));
    }

    @Test
    void environmentIsThePlannedOneAndThePids() throws Exception {
        Map<String, String> planned = Map.of(
                "A",
                "1",
                "SPACED",
                " two  words ",
                "QUOTED",
                "'\"$(id)`id`\\",
                "LINES",
                "a\nb",
                "UMLAUT",
                "ü",
                "PATH",
                "/bin");
        ChildProcess child = rig.run(fullChain().environment(planned));

        Map<String, String> expected = new LinkedHashMap<>(planned);
        for (PidVariable variable : PidVariable.values()) {
            if (variable != PidVariable.LISTEN_PIDFDID) {
                expected.put(variable.name(), Integer.toString(child.pid()));
            }
        }
        assertThat(Rig.environmentOf(child)).isEqualTo(expected);
    }

    @Test
    void theNumberOfItsPidfdIsToldWhereThereIsOne() throws Exception {
        ChildProcess child =
                rig.run(Rig.sleeper().pidVariable(PidVariable.LISTEN_PID).pidVariable(PidVariable.LISTEN_PIDFDID));
        ProcessCalls calls = new ProcessCalls();
        boolean isTold = calls.pidfdsHaveNumbers() && way == Rig.Way.IN_ONE_STAGE;
        assertThat(Rig.environmentOf(child).get("LISTEN_PIDFDID"))
                .isEqualTo(isTold ? Long.toString(calls.pidfdNumber(child.pid()).getAsLong()) : null);
    }

    @Test
    void variablesThatAShellOwnsAndThoseOfTheLoaderArriveToo() throws Exception {
        Map<String, String> planned = Map.of(
                "PWD", "/elsewhere", "IFS", "x", "LD_LIBRARY_PATH", "/nowhere", "TMPDIR", "/t", "SHLVL", "7", "A", "1");
        ChildProcess child = rig.run(Rig.sleeper().environment(planned).pidVariable(PidVariable.LISTEN_PID));

        Map<String, String> expected = new LinkedHashMap<>(planned);
        expected.put("LISTEN_PID", Integer.toString(child.pid()));
        assertThat(Rig.environmentOf(child)).isEqualTo(expected);
    }

    @Test
    void directSpawnHasTheEnvironmentAndArgumentsAsTheyAre() throws Exception {
        LaunchPlanBuilder plan =
                Rig.sleeper().argv(List.of("sleepy head", "1000", "0", "0")).environment("X", "1");
        if (way == Rig.Way.THROUGH_SYSTEM_TOOLS) {
            assertThat(rig.launch(plan).hasExecuted()).as("at once").isTrue();
        }

        ChildProcess child = rig.run(plan);
        assertThat(Rig.proc(child, "cmdline")).isEqualTo("sleepy head\0" + "1000\0" + "0\0" + "0\0");
        assertThat(Rig.environmentOf(child)).isEqualTo(Map.of("X", "1"));
    }

    @Test
    void argumentsAndAnotherNamePassThroughAChain() throws Exception {
        List<String> argv = List.of("in.sleepd", "1000", "0", "0.0");
        ChildProcess child = rig.run(fullChain().argv(argv));

        assertThat(Rig.proc(child, "cmdline")).isEqualTo(String.join("\0", argv) + "\0");
    }

    @Test
    void noSignalIsBlockedAndOnlySigpipeIsIgnored() throws Exception {
        for (LaunchPlanBuilder plan : List.of(Rig.sleeper(), fullChain())) {
            ChildProcess child = rig.run(plan);
            assertThat(Rig.status(child, "SigBlk")).isEqualTo(NONE);
            assertThat(Rig.status(child, "SigIgn")).isEqualTo(IGNORED_SIGPIPE_ONLY);
            assertThat(Rig.status(child, "SigCgt")).isEqualTo(NONE);
        }
    }

    @Test
    void sigpipeIsNotIgnoredWhereThePlanSaysSo() throws Exception {
        for (LaunchPlanBuilder plan : List.of(Rig.sleeper(), fullChain())) {
            ChildProcess child = rig.run(plan.ignoreSigpipe(false));
            assertThat(Rig.status(child, "SigIgn")).isEqualTo(NONE);
        }
    }

    @Test
    void childLeadsItsOwnSessionAndGroup() throws Exception {
        ChildProcess child = rig.run(Rig.sleeper());

        assertThat(rig.children.calls().session(child.pid())).isEqualTo(child.pid());
        assertThat(rig.children.calls().processGroup(child.pid())).isEqualTo(child.pid());
    }

    @Test
    void umaskDirectoryNicenessAndOomScoreAreThePlanned() throws Exception {
        ChildProcess child = rig.run(fullChain());

        assertThat(Rig.status(child, "Umask")).isEqualTo("0027");
        assertThat(Files.readSymbolicLink(Path.of("/proc", child.pid() + "", "cwd")))
                .isEqualTo(directory.toRealPath());
        assertThat(Rig.proc(child, "stat").replaceAll("^.*\\) ", "").split(" ", -1)[16])
                .isEqualTo("5");
        assertThat(Rig.proc(child, "oom_score_adj").trim()).isEqualTo("300");
        assertThat(Rig.status(child, "NoNewPrivs")).isEqualTo("1");
        assertThat(child.deviations()).isEmpty();
    }

    @Test
    void limitsAreThePlannedAndTheOthersInherited() throws Exception {
        ChildProcess child = rig.run(fullChain()
                .limit(LimitName.NOFILE, new ResourceLimit(100, 200))
                .limit(LimitName.CORE, new ResourceLimit(0, 0))
                .limit(LimitName.FSIZE, new ResourceLimit(1 << 20, ResourceLimit.INFINITY))
                .limit(LimitName.RTTIME, new ResourceLimit(5, 7))
                .limit(LimitName.SIGPENDING, new ResourceLimit(33, 44)));

        assertThat(Rig.proc(child, "limits"))
                .containsPattern("Max open files +100 +200 ")
                .containsPattern("Max core file size +0 +0 ")
                .containsPattern("Max file size +1048576 +unlimited ")
                .containsPattern("Max realtime timeout +5 +7 ")
                .containsPattern("Max pending signals +33 +44 ");
    }

    @Test
    void openFilesAloneAreLimitedWithoutAShell() throws Exception {
        ChildProcess child = rig.run(Rig.sleeper().limit(LimitName.NOFILE, new ResourceLimit(64, 64)));

        assertThat(Rig.proc(child, "limits")).containsPattern("Max open files +64 +64 ");
    }

    @Test
    void limitBeyondOurReachIsLoweredAndSaid() throws Exception {
        assumeTrue(!Inherited.ofThisProcess().mayTakeMoreResources(), "runs without CAP_SYS_RESOURCE");
        long most = Objects.requireNonNull(Inherited.ofThisProcess().limits().get(LimitName.NOFILE))
                .hard();

        ChildProcess child = rig.run(Rig.sleeper()
                .limit(LimitName.NOFILE, new ResourceLimit(64, most + 1))
                .oomScoreAdjust(-900));

        assertThat(Rig.proc(child, "limits")).containsPattern("Max open files +64 +" + most + " ");
        assertThat(child.deviations())
                .containsExactlyInAnyOrder(
                        "LimitNOFILE=64:" + (most + 1) + " is lowered to 64:" + most + ", the most that we may set",
                        "OOMScoreAdjust=-900 is below our own 0 and we lack CAP_SYS_RESOURCE, ignoring");
    }

    @Test
    void userAndGroupsAreThePlannedAndAllPowerIsGone() throws Exception {
        assumeTrue(Rig.isRoot(), "needs root");
        ChildProcess child =
                rig.run(fullChain().credentials(new Credentials(Rig.NOBODY, 12345, List.of(12345, 4, 27))));

        assertThat(Rig.status(child, "Uid").split("\\s+", -1)).containsOnly("65534");
        assertThat(Rig.status(child, "Gid").split("\\s+", -1)).containsOnly("12345");
        assertThat(Rig.status(child, "Groups").split("\\s+", -1)).containsExactly("4", "27", "12345");
        assertThat(Rig.status(child, "CapEff")).isEqualTo(NONE);
        assertThat(Rig.status(child, "CapPrm")).isEqualTo(NONE);
    }

    @Test
    void capabilitiesAreBoundedAndKeptAsPlanned() throws Exception {
        assumeTrue(Rig.isRoot(), "needs root");
        Set<Capability> bind = Set.of(new Capability("CAP_NET_BIND_SERVICE"));
        ChildProcess child = rig.run(Rig.sleeper()
                .credentials(new Credentials(Rig.NOBODY, Rig.NOBODY, List.of()))
                .boundingSet(bind)
                .ambientSet(bind));

        assertThat(Rig.status(child, "CapBnd")).isEqualTo("0000000000000400");
        assertThat(Rig.status(child, "CapEff")).isEqualTo("0000000000000400");
        assertThat(Rig.status(child, "Groups")).isEmpty();
    }

    @Test
    void nonBlockingIsClearedSetOrLeft() throws Exception {
        BorrowedFd a = file("a");
        rig.children.calls().setNonBlocking(a.number(), true);

        assertThat(isNonBlocking(rig.run(Rig.sleeper().fd(new FdMapping(3, a, Blocking.AS_IS)))))
                .isTrue();
        assertThat(isNonBlocking(rig.run(Rig.sleeper().fd(new FdMapping(3, a, Blocking.BLOCKING)))))
                .isFalse();
        assertThat(isNonBlocking(rig.run(Rig.sleeper().fd(new FdMapping(3, a, Blocking.AS_IS)))))
                .isFalse();
        assertThat(isNonBlocking(rig.run(Rig.sleeper().fd(new FdMapping(3, a, Blocking.NONBLOCKING)))))
                .isTrue();
    }

    @Test
    void optionalDirectoryThatIsMissingBecomesTheRoot() throws Exception {
        ChildProcess child = rig.run(Rig.sleeper().workingDirectoryIfPossible("/no/such/place"));

        assertThat(Files.readSymbolicLink(Path.of("/proc", child.pid() + "", "cwd")))
                .isEqualTo(Path.of("/"));
    }

    private static boolean isNonBlocking(ChildProcess child) throws IOException {
        String flags = Rig.proc(child, "fdinfo/3")
                .lines()
                .filter(line -> line.startsWith("flags:"))
                .findFirst()
                .orElseThrow();
        return (Integer.parseInt(flags.substring("flags:".length()).trim(), 8) & 04000) != 0;
    }

    /** Every kind of stage that works without root. */
    private LaunchPlanBuilder fullChain() {
        return Rig.sleeper()
                .umask(027)
                .workingDirectory(directory.toString())
                .nice(5)
                .oomScoreAdjust(300)
                .noNewPrivileges(true)
                .limit(LimitName.CORE, new ResourceLimit(0, 0))
                .pidVariable(PidVariable.LISTEN_PID)
                .pidVariable(PidVariable.WATCHDOG_PID)
                .pidVariable(PidVariable.HANDOFF_PID)
                .pidVariable(PidVariable.SYSTEMD_EXEC_PID);
    }

    private BorrowedFd file(String name) {
        return rig.open(directory.resolve(name));
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }
}
