package dev.activator.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.control.PastRun;
import dev.activator.control.SavingsReport;
import dev.activator.control.WakePhase;
import dev.activator.control.WakeReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

    @TempDir
    private Path directory;

    private final List<String> troubles = new CopyOnWriteArrayList<>();

    private History open() {
        return new History(directory.resolve("history"), InstantSource.system(), troubles::add);
    }

    private static WakeReport wake(int second) {
        return new WakeReport(NOW.plusSeconds(second), "connection on [::]:80", List.of(new WakePhase("ready", 1234)));
    }

    @Test
    void whatASuperServerHasSeenItsSuccessorRemembers() {
        try (History first = open()) {
            first.woke("web.service", () -> wake(0), 3);
            first.ended("web.service", NOW.plusSeconds(60), End.STOPPED, "idle: no connection for 5min");
            first.woke("web.service", () -> wake(100), 1);
        }

        try (History second = open()) {
            List<PastRun> runs = second.runs("web.service").join();
            assertThat(runs).extracting(run -> run.wake().at()).containsExactly(NOW.plusSeconds(100), NOW);
            assertThat(runs.get(0).endedAt()).isEqualTo(NOW.plusSeconds(100));
            assertThat(runs.get(0).why()).isEqualTo("the super-server was killed");
            assertThat(runs.get(1).end()).isEqualTo("stopped");
            assertThat(runs.get(1).why()).isEqualTo("idle: no connection for 5min");
            assertThat(runs.get(1).waited()).isEqualTo(3);
            assertThat(runs.get(1).wake()).isEqualTo(wake(0));
            assertThat(second.units().join()).containsExactly("web.service");
        }
        assertThat(troubles).isEmpty();
    }

    @Test
    void whatRunsNowHasNoEnd() {
        try (History history = open()) {
            history.woke("web.service", () -> new WakeReport(Instant.now().plusSeconds(1), "an order", List.of()), 0);
            assertThat(history.runs("web.service").join().get(0).endedAt()).isNull();
        }
    }

    @Test
    void aDamagedFileCostsItsDamagedLinesAndIsSpokenOf() throws IOException {
        try (History history = open()) {
            history.woke("web.service", () -> wake(0), 1);
            history.ended("web.service", NOW.plusSeconds(60), End.STOPPED, "idle");
        }
        Path file = directory.resolve("history/web.service.runs");
        Files.write(file, new byte[] {(byte) 0xff, 0, '{', '\n'}, StandardOpenOption.APPEND);
        Files.writeString(file, "{\"woke\":\"yesterday\"}\n{\"woke\":\"2026-", StandardOpenOption.APPEND);

        try (History history = open()) {
            history.woke("web.service", () -> wake(100), 1);
            assertThat(history.runs("web.service").join()).hasSize(2);
            SavingsReport report = history.savings(Instant.EPOCH, List.of()).join();
            assertThat(report.notes()).anyMatch(note -> note.contains("web.service.runs' has 3 damaged lines"));
        }
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsSaidOnceAndStopsNothing() throws IOException {
        Files.writeString(directory.resolve("history"), "a file where a directory should be");

        try (History history = open()) {
            history.woke("web.service", () -> wake(0), 1);
            history.woke("web.service", () -> wake(1), 1);
            assertThat(history.runs("web.service").join()).isEmpty();
        }

        assertThat(troubles).hasSize(1);
        assertThat(troubles.get(0)).contains("cannot keep records in").contains("will be missing");
    }

    @Test
    void whatComesWhileTheDiskHangsIsDroppedBeyondSomeThousandsAndThatIsSaid() {
        CompletableFuture<Void> disk = new CompletableFuture<>();
        try (History history = open()) {
            history.woke(
                    "web.service",
                    () -> {
                        disk.join();
                        return wake(0);
                    },
                    1);
            for (int i = 0; i < 10_000; i++) {
                history.ended("web.service", NOW, End.STOPPED, "idle");
            }
            CompletableFuture<Long> looked = new CompletableFuture<>();
            history.look(
                    "web.service",
                    List.of(),
                    Optional.empty(),
                    true,
                    Optional.empty(),
                    (nanos, memory) -> looked.complete(memory));
            assertThat(looked).isCompletedWithValue(Reading.UNKNOWN);
            assertThat(history.units()).isCompletedExceptionally();
            disk.complete(null);
        }

        assertThat(troubles).hasSize(1);
        assertThat(troubles.get(0)).containsPattern("cannot keep all records in .*: 590\\d were dropped while");
    }

    @Test
    void whereThereIsNoThreadToBeHadNobodyFails() {
        AtomicInteger failures = new AtomicInteger();
        ThreadFactory pressed = task -> {
            if (failures.getAndIncrement() < 2) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return new Thread(task);
        };
        try (History history =
                new History(directory.resolve("history"), InstantSource.system(), troubles::add, pressed)) {
            history.woke("web.service", () -> wake(0), 1);
            history.woke("web.service", () -> wake(1), 1);
            assertThat(history.runs("web.service").join()).hasSize(1);
        }

        assertThat(troubles).hasSize(1);
        assertThat(troubles.get(0)).contains(": 2 were dropped while");
    }

    @Test
    void aFileKeepsTheLatestLinesAndNoMoreThanTwiceAsMany() throws IOException {
        RingFile ring = new RingFile(directory.resolve("ring"), 10);
        for (int i = 0; i < 95; i++) {
            ring.add(Map.of("number", i));
            ring.flush();
            assertThat(ring.read().lines()).hasSizeLessThan(20);
        }

        List<Map<String, String>> lines = ring.read().lines();

        assertThat(lines).hasSizeGreaterThanOrEqualTo(10);
        assertThat(lines.get(lines.size() - 1)).containsEntry("number", "94");
        assertThat(lines.get(0)).containsEntry("number", Integer.toString(95 - lines.size()));
    }

    @Test
    void aLookSeesWhatAProcessTakes() {
        CompletableFuture<Long> looked = new CompletableFuture<>();
        int self = (int) ProcessHandle.current().pid();
        try (History history = open()) {
            history.woke("web.service", () -> new WakeReport(Instant.now(), "connection", List.of()), 1);
            history.look(
                    "web.service",
                    List.of(self),
                    Optional.empty(),
                    true,
                    Optional.of(true),
                    (nanos, memory) -> looked.complete(nanos));

            SavingsReport report =
                    history.savings(Instant.EPOCH, List.of("web.service")).join();

            assertThat(looked).isCompleted();
            assertThat(report.units()).hasSize(1);
            assertThat(report.units().get(0).footprint().memory()).isGreaterThan(10 << 20);
            assertThat(report.units().get(0).footprint().threads()).isGreaterThan(5);
            assertThat(report.own().memory()).isGreaterThan(10 << 20);
            assertThat(report.own().cpuNanos()).isPositive();
        }
    }

    @Test
    void memoryIsSummedOverTheTreeAndProcessorTimeIsTheCgroups() throws IOException {
        process(11, "Pss:                 100 kB\n", 3, 4);
        process(12, "Pss:                  20 kB\n", 1, 1);
        Path cgroup = Files.createDirectories(directory.resolve("cgroup"));
        Files.writeString(cgroup.resolve("cpu.stat"), "usage_usec 5000\nuser_usec 1\n");
        ProcessMeter meter = new ProcessMeter(directory);

        Reading alone = meter.read(List.of(11, 12, 13), null);
        Reading together = meter.read(List.of(11, 12), cgroup);

        assertThat(alone).isEqualTo(new Reading(120 * 1024, 80_000_000, 9 * 2, 4, ""));
        assertThat(together.cpuNanos()).isEqualTo(5_000_000);
    }

    @Test
    void aProcessThatJustWentTakesNothing() {
        assertThat(new ProcessMeter(directory).read(List.of(13), null)).isEqualTo(new Reading(0, 0, 0, 0, ""));
    }

    @Test
    void memoryThatIsNotShownIsTheMemoryControllersOrUnknown() throws IOException {
        Path hidden = process(11, "", 1, 1);
        Files.delete(hidden.resolve("smaps_rollup"));
        Files.createDirectory(hidden.resolve("smaps_rollup"));
        Path cgroup = Files.createDirectories(directory.resolve("cgroup"));

        Reading unknown = new ProcessMeter(directory).read(List.of(11), cgroup);
        assertThat(unknown.memory()).isEqualTo(Reading.UNKNOWN);
        assertThat(unknown.unknown()).contains("cannot read the memory of pid 11");
        Files.writeString(cgroup.resolve("memory.current"), "4096\n");
        Reading known = new ProcessMeter(directory).read(List.of(11), cgroup);
        assertThat(known.memory()).isEqualTo(4096);
        assertThat(known.unknown()).isEmpty();
    }

    /** Two threads each of the numbers of voluntary and other switches; 4 ticks of processor time. */
    private Path process(int pid, String smaps, int voluntary, int other) throws IOException {
        Path process = Files.createDirectories(directory.resolve(Integer.toString(pid)));
        Files.writeString(process.resolve("smaps_rollup"), smaps);
        Files.writeString(process.resolve("exe"), "");
        Files.writeString(
                process.resolve("stat"),
                pid + " (a ) b) S 1 1 1 0 -1 4194560 1 0 0 0 3 1 0 0 20 0 1 0",
                StandardCharsets.UTF_8);
        for (int task = 0; task < 2; task++) {
            Path status = Files.createDirectories(process.resolve("task/" + (pid + task)))
                    .resolve("status");
            Files.writeString(
                    status,
                    "voluntary_ctxt_switches:\t" + voluntary + "\nnonvoluntary_ctxt_switches:\t" + other + "\n");
        }
        return process;
    }
}
