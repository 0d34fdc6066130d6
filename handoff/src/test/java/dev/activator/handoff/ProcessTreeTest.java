package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.activator.config.Signal;
import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.ZombieCheck;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({FdLeakCheck.class, ZombieCheck.class})
final class ProcessTreeTest {
    private static final String NAME = "test-" + ProcessHandle.current().pid();

    @TempDir
    Path directory;

    private final Rig rig = new Rig();
    private final List<ProcessTree> trees = new ArrayList<>();
    private @Nullable Cgroups cgroups;

    @AfterEach
    void stop() {
        rig.close();
        if (cgroups != null) {
            cgroups.removeLeftovers();
            trees.forEach(tree -> rig.loop.runUntil(tree::remove));
            rig.loop.runUntil(cgroups::remove);
        }
    }

    @Test
    void killedCgroupTakesEveryDescendantWithIt() throws Exception {
        ProcessTree tree = cgroupTree();
        Family family = family(tree, "setsid sleep 1000");

        tree.kill();

        assertThatAllAreGone(tree, family);
    }

    @Test
    void childIsInItsCgroupBeforeTheProgramRuns() throws Exception {
        ProcessTree tree = cgroupTree();
        assertThat(tree.isPopulated()).isFalse();

        ChildProcess child = rig.run(Rig.sleeper().cgroup(tree.cgroup()));

        assertThat(tree.pids()).containsExactly(child.pid());
        assertThat(tree.isPopulated()).isTrue();
        assertThat(tree.remove()).as("removed while in use").isFalse();
    }

    @Test
    void signalReachesEveryProcessOfTheCgroup() throws Exception {
        ProcessTree tree = cgroupTree();
        Family family = family(tree, "setsid sleep 1000");

        tree.signal(Signal.TERM);

        assertThatAllAreGone(tree, family);
    }

    @Test
    void frozenCgroupStandsStillUntilItThawsAndCanBeKilled() throws Exception {
        ProcessTree tree = cgroupTree();
        assertThatItFreezes(tree);
    }

    @Test
    void frozenSessionStandsStillUntilItThawsAndCanBeKilled() throws Exception {
        assertThatItFreezes(sessionTree());
    }

    @Test
    void killedSessionTakesEveryDescendantWithIt() throws Exception {
        ProcessTree tree = sessionTree();
        Family family = family(tree, "sleep 1000");

        tree.kill();

        assertThatAllAreGone(tree, family);
    }

    @Test
    void sessionOutlivesItsLeader() throws Exception {
        ProcessTree tree = sessionTree();
        Family family = family(tree, "sleep 1000");
        family.parent().signal(Signal.KILL);
        rig.waitFor(family.parent());
        assertThat(tree.pids()).containsExactly(family.grandchild());

        tree.kill();

        rig.loop.runUntil(() -> !Rig.isAlive(family.grandchild()));
        assertThat(tree.remove()).isTrue();
    }

    @Test
    void sessionOfAStrangerWithTheSameNumberIsLeftAlone() throws Exception {
        SessionTree tree = new SessionTree(rig.children.calls());
        ChildProcess stranger = rig.run(Rig.sleeper());
        tree.remember(stranger.pid(), 1);

        tree.kill();

        assertThat(tree.pids()).isEmpty();
        assertThat(Rig.isAlive(stranger.pid())).isTrue();
    }

    @Test
    void leftoversOfADeadPredecessorAreEndedAndRemoved() throws Exception {
        ProcessTree tree = cgroupTree();
        ChildProcess child = rig.run(Rig.sleeper().cgroup(tree.cgroup()));

        Cgroups successor = Cgroups.open(rig.loop, NAME).orElseThrow();
        assertThat(successor.removeLeftovers()).containsExactly("web@_1.service/1");

        assertThat(rig.waitFor(child)).isEqualTo(new ExitStatus.Signaled(Signal.KILL, false));
        assertThat(successor.root().resolve("web@_1.service"))
                .as("once it is said that they are gone")
                .doesNotExist();
        rig.loop.runUntil(successor::remove);
        assertThat(successor.root()).doesNotExist();
    }

    @Test
    void withoutCgroupsLeftoversOfADeadPredecessorAreEndedWithTheirSessions() throws Exception {
        Path record = directory.resolve("launched");
        ProcessTrees predecessor = new ProcessTrees(Optional.empty());
        assertThat(predecessor.removeLeftovers(record)).isEmpty();
        Family family = family(predecessor.create("web@.service"), "sleep 1000");
        predecessor.close();

        ProcessTrees successor = new ProcessTrees(Optional.empty());
        assertThat(successor.removeLeftovers(record))
                .containsExactly("web@.service (process " + family.parent().pid() + ")");

        assertThat(rig.waitFor(family.parent())).isEqualTo(new ExitStatus.Signaled(Signal.KILL, false));
        rig.loop.runUntil(() -> !Rig.isAlive(family.grandchild()));
        successor.close();
    }

    @Test
    void aRecordThatCannotBeKeptStopsNoLaunch() throws Exception {
        Path full = Path.of("/dev/full");
        try (ProcessTrees trees = new ProcessTrees(Optional.empty())) {
            assertThatThrownBy(() -> trees.removeLeftovers(full)).isInstanceOf(IOException.class);

            ProcessTree tree = trees.create("web.service");
            ChildProcess child = rig.run(Rig.sleeper());
            tree.joined(child);
            assertThat(tree.pids()).containsExactly(child.pid());
        }
    }

    @Test
    void withoutCgroupsWhatEndedOrBelongsToAStrangerIsNoLeftover() throws Exception {
        Path path = directory.resolve("launched");
        ProcessTrees predecessor = new ProcessTrees(Optional.empty());
        predecessor.removeLeftovers(path);
        ProcessTree tree = predecessor.create("web.service");
        ChildProcess ended = rig.run(Rig.sleeper());
        tree.joined(ended);
        ended.signal(Signal.KILL);
        rig.waitFor(ended);
        rig.loop.runUntil(tree::remove);
        predecessor.close();
        try (LaunchRecord record = LaunchRecord.open(path)) {
            assertThat(record.takeOver()).isEmpty();
            ChildProcess stranger = rig.run(Rig.sleeper());
            record.remember(new LaunchRecord.Launched(stranger.pid(), 1, "web.service"));

            ProcessTrees successor = new ProcessTrees(Optional.empty());
            assertThat(successor.removeLeftovers(path)).isEmpty();
            assertThat(Rig.isAlive(stranger.pid())).isTrue();
            successor.close();
        }
    }

    @Test
    void leftoverThatCannotBeRemovedIsNotTakenForANewOne() throws Exception {
        ProcessTree first = cgroupTree();
        Path unit = Objects.requireNonNull(first.cgroup()).directory().getParent();
        Path leftover = Files.createDirectory(unit.resolve("2"));

        assertThat(tree(Objects.requireNonNull(cgroups))).hasToString("cgroup " + unit.resolve("3"));

        Files.delete(leftover);
    }

    @Test
    void whatIsLaunchedAfterAKillRunsAndTheNextInstanceGetsAnotherCgroup() throws Exception {
        ProcessTree tree = cgroupTree();
        ChildProcess first = launch(tree);
        tree.kill();
        rig.waitFor(first);

        ChildProcess second = launch(tree);

        rig.loop.runUntil(second::hasExecuted);
        assertThat(tree.pids()).containsExactly(second.pid());
        tree.kill();
        rig.waitFor(second);
        ChildProcess third = rig.launch(Rig.shell("exit 7").cgroup(tree.toJoin()));
        tree.joined(third);
        assertThat(rig.waitFor(third)).isEqualTo(new ExitStatus.Exited(7));
        rig.loop.runUntil(tree::remove);
        assertThat(tree(Objects.requireNonNull(cgroups))).doesNotHaveToString(tree.toString());
    }

    @Test
    void cgroupThatSomebodyElseKilledIsNotGivenToTheNextInstance() throws Exception {
        ProcessTree tree = cgroupTree();
        ChildProcess child = launch(tree);
        CgroupTree.killAtOnce(Objects.requireNonNull(tree.cgroup()).directory());
        rig.waitFor(child);
        tree.wasKilled();

        rig.loop.runUntil(tree::remove);

        assertThat(tree(Objects.requireNonNull(cgroups))).doesNotHaveToString(tree.toString());
    }

    @Test
    void serviceThatFrozeItselfIsThawedForWhatHelpsItToStop() throws Exception {
        ProcessTree tree = cgroupTree();
        ChildProcess service = launch(tree);
        CgroupFile.write(Objects.requireNonNull(tree.cgroup()).directory(), "cgroup.freeze", "1");
        rig.loop.runUntil(tree::isFrozen);

        ChildProcess helper = rig.launch(Rig.shell("exit 7").cgroup(tree.toJoin()));
        tree.joined(helper);

        assertThat(rig.waitFor(helper)).isEqualTo(new ExitStatus.Exited(7));
        service.signal(Signal.TERM);
        assertThat(rig.waitFor(service)).isEqualTo(new ExitStatus.Signaled(Signal.TERM, false));
    }

    @Test
    void cgroupThatASelfFrozenServiceLeavesIsNotGivenToTheNextInstance() throws Exception {
        ProcessTree tree = cgroupTree();
        ChildProcess service = launch(tree);
        CgroupFile.write(Objects.requireNonNull(tree.cgroup()).directory(), "cgroup.freeze", "1");
        rig.loop.runUntil(tree::isFrozen);
        service.signal(Signal.KILL);
        rig.waitFor(service);

        rig.loop.runUntil(tree::remove);

        assertThat(tree(Objects.requireNonNull(cgroups))).doesNotHaveToString(tree.toString());
    }

    @Test
    void nothingIsLeftOfOurMemoryInACgroupThatMayRunOutOfIt() throws Exception {
        ProcessTree tree = cgroupTree();
        CgroupPath cgroup = Objects.requireNonNull(tree.cgroup());

        for (int i = 0; i < 20; i++) {
            ChildProcess child = rig.launch(Rig.sleeper()
                    .cgroup(new CgroupPath(cgroup.directory(), Objects.requireNonNull(cgroup.handle()), true)));
            assertThat(child.hasExecuted()).as("as soon as it is launched").isTrue();
            tree.kill();
            rig.waitFor(child);
            tree.wasKilled();
            cgroup = Objects.requireNonNull(tree.toJoin());
        }
    }

    @Test
    void whoIsHeldBeforeItHasItsDescriptorsIsEndedAndNobodyElseIs() throws Exception {
        ProcessTree tree = cgroupTree();
        CgroupPath cgroup = Objects.requireNonNull(tree.cgroup());
        CgroupFile.write(cgroup.directory(), "cgroup.freeze", "1");
        rig.loop.runUntil(tree::isFrozen);
        List<FileChannel> many = new ArrayList<>();
        for (int i = 0; i < 2 * LowDescriptors.SMALL_TABLE; i++) {
            many.add(FileChannel.open(Path.of("/dev/null")));
        }
        try {
            ChildProcess held = rig.launch(Rig.sleeper().cgroup(cgroup));
            ChildProcess free = rig.launch(Rig.sleeper());
            ChildProcess alsoHeld = rig.launch(Rig.sleeper().cgroup(cgroup));

            assertThat(rig.waitFor(held)).isEqualTo(new ExitStatus.Signaled(Signal.KILL, false));
            assertThat(rig.waitFor(alsoHeld)).isEqualTo(new ExitStatus.Signaled(Signal.KILL, false));
            rig.loop.runUntil(free::hasExecuted);
            assertThat(Rig.isAlive(free.pid())).isTrue();
        } finally {
            for (FileChannel each : many) {
                each.close();
            }
        }
    }

    @Test
    void processesThatHaveNoNumberHereAreNobodys() throws Exception {
        Files.writeString(directory.resolve("cgroup.procs"), "0\n12\n0\n");

        assertThat(CgroupTree.pids(directory)).containsExactly(12);
    }

    private ChildProcess launch(ProcessTree tree) throws Exception {
        ChildProcess child = rig.run(Rig.sleeper().cgroup(tree.toJoin()));
        tree.joined(child);
        return child;
    }

    @Test
    void emptyCgroupServesTheNextInstanceAndOneThatWasFrozenDoesNot() throws Exception {
        ProcessTree first = cgroupTree();
        ChildProcess child = launch(first);
        ProcessTree beside = tree(Objects.requireNonNull(cgroups));
        assertThat(beside).doesNotHaveToString(first.toString());
        child.signal(Signal.KILL);
        rig.waitFor(child);
        rig.loop.runUntil(first::remove);

        ProcessTree second = tree(cgroups);

        assertThat(second).hasToString(first.toString());
        second.freeze();
        assertThat(second.remove()).isTrue();
        assertThat(tree(cgroups)).doesNotHaveToString(first.toString());
    }

    @Test
    void burstLeavesFewEmptyCgroupsBehindOnceItIsOver() throws Exception {
        cgroupTree();
        for (int i = 0; i < 40; i++) {
            tree(Objects.requireNonNull(cgroups));
        }
        ChildProcess child = rig.run(Rig.sleeper());
        trees.forEach(tree -> {
            tree.joined(child);
            tree.remove();
        });

        Path unit = Objects.requireNonNull(cgroups).root().resolve("web@_1.service");
        assertThat(CgroupTree.children(unit)).hasSize(41);

        rig.loop.advance(CgroupPool.QUIET.multipliedBy(2));

        assertThat(CgroupTree.children(unit)).hasSize(CgroupPool.MOST_KEPT);
        assertThat(cgroups.remove()).isTrue();
        assertThat(unit).doesNotExist();
    }

    @Test
    void hostWithoutCgroupsFallsBackToSessions() {
        assertThat(Cgroups.open(rig.loop, directory, "x")).isEmpty();
        ProcessTree tree = new ProcessTrees(Optional.empty()).create("web.service");

        assertThat(tree.cgroup()).isNull();
        assertThat(tree.isPopulated()).isFalse();
    }

    @Test
    void ownCgroupIsFoundInPlainAndHybridHierarchies() {
        List<String> plain = List.of("29 1 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate");
        List<String> hybrid = List.of(
                "30 1 0:26 / /sys/fs/cgroup ro - tmpfs tmpfs ro",
                "31 30 0:27 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu",
                "32 30 0:28 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw");
        List<String> bound = List.of("29 1 0:26 /lxc/a /sys/fs/cgroup rw - cgroup2 cgroup rw");

        assertThat(Cgroups.own(plain, List.of("0::/system.slice/x.service")))
                .contains(Path.of("/sys/fs/cgroup/system.slice/x.service"));
        assertThat(Cgroups.own(hybrid, List.of("4:memory:/a", "0::/"))).contains(Path.of("/sys/fs/cgroup/unified"));
        assertThat(Cgroups.own(bound, List.of("0::/lxc/a/b"))).contains(Path.of("/sys/fs/cgroup/b"));
        assertThat(Cgroups.own(bound, List.of("0::/elsewhere"))).isEmpty();
        assertThat(Cgroups.own(plain, List.of("0::/../.."))).isEmpty();
        assertThat(Cgroups.own(List.of(), List.of("0::/"))).isEmpty();
        assertThat(Cgroups.own(plain, List.of("4:memory:/a"))).isEmpty();
    }

    private void assertThatItFreezes(ProcessTree tree) throws Exception {
        Path counter = directory.resolve("counter");
        ChildProcess child = rig.run(Rig.shell("while :; do echo x >> '" + counter + "'; sleep 0.005; done")
                .cgroup(tree.cgroup()));
        tree.joined(child);
        rig.loop.runUntil(() -> size(counter) > 0);

        tree.freeze();
        rig.loop.runUntil(tree::isFrozen);
        long frozenAt = size(counter);
        assertThat(size(counter)).isEqualTo(frozenAt);

        tree.thaw();
        rig.loop.runUntil(() -> size(counter) > frozenAt);

        tree.freeze();
        rig.loop.runUntil(tree::isFrozen);
        tree.kill();
        assertThat(rig.waitFor(child)).isEqualTo(new ExitStatus.Signaled(Signal.KILL, false));
        rig.loop.runUntil(tree::remove);
    }

    private void assertThatAllAreGone(ProcessTree tree, Family family) {
        rig.waitFor(family.parent());
        rig.loop.runUntil(() -> !Rig.isAlive(family.grandchild()));
        rig.loop.runUntil(() -> !tree.isPopulated());
        rig.loop.runUntil(tree::remove);
    }

    private record Family(ChildProcess parent, int grandchild) {}

    /** A shell and something in its background. */
    private Family family(ProcessTree tree, String background) throws Exception {
        Path pidFile = directory.resolve("pid");
        ChildProcess parent = rig.run(Rig.shell(background + " & echo $! > '" + pidFile + ".new'; mv '" + pidFile
                        + ".new' '" + pidFile + "'; wait")
                .environment("PATH", "/usr/bin:/bin")
                .cgroup(tree.cgroup()));
        tree.joined(parent);
        rig.loop.runUntil(() -> Files.exists(pidFile));
        int grandchild = Integer.parseInt(Files.readString(pidFile).trim());
        // mv(1) may still be on its way out.
        rig.loop.runUntil(() -> tree.pids().size() == 2);
        assertThat(tree.pids()).containsExactlyInAnyOrder(parent.pid(), grandchild);
        return new Family(parent, grandchild);
    }

    private ProcessTree sessionTree() {
        return new SessionTree(rig.children.calls());
    }

    private ProcessTree cgroupTree() throws IOException {
        Optional<Cgroups> found = Cgroups.open(rig.loop, NAME);
        assumeTrue(found.isPresent(), "needs a writable cgroup of version 2");
        cgroups = found.get();
        return tree(found.get());
    }

    private ProcessTree tree(Cgroups from) {
        ProcessTree tree = from.create("web@/1.service");
        trees.add(tree);
        return tree;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException absent) {
            return 0;
        }
    }
}
