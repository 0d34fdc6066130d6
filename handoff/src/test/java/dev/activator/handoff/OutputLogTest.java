package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.handoff.FdMapping.Blocking;
import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.ZombieCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({FdLeakCheck.class, ZombieCheck.class})
final class OutputLogTest {
    private static final String TIME = "2026-11-21T07:52:11.123Z ";
    private static final LogLimits LARGE = new LogLimits(1 << 30, 3);

    private final Rig rig = new Rig();
    private final List<String> told = new ArrayList<>();
    private final LogListener listener = new LogListener() {
        @Override
        public void onWriteFailed(String unit, Path file, String reason) {
            told.add(unit + " failed: " + reason);
        }

        @Override
        public void onWriteResumed(String unit, Path file, long droppedLines) {
            told.add(unit + " resumed after " + droppedLines);
        }
    };
    private final Clock clock = Clock.fixed(Instant.parse("2026-11-21T07:52:11.123Z"), ZoneOffset.UTC);
    private final List<OutputLog> open = new ArrayList<>();
    private final Path directory;
    private final OutputLogs logs;

    OutputLogTest(@TempDir Path directory) {
        this.directory = directory;
        this.logs = new OutputLogs(rig.loop, directory, clock, listener);
    }

    @AfterEach
    void stop() {
        open.forEach(OutputLog::close);
        logs.close();
        rig.close();
    }

    @Test
    void everyLineIsStoredWithItsTime() throws Exception {
        OutputLog log = open(LARGE);
        print(log, "echo one; echo two >&2");
        rig.loop.runUntil(() -> lines().size() == 2);

        assertThat(lines()).containsExactly(TIME + "one", TIME + "two");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log.file())))
                .isEqualTo("rw-r-----");
    }

    @Test
    void unfinishedLineIsStoredAfterASecondOfSilence() throws Exception {
        OutputLog log = open(LARGE);
        rig.runToEnd(printing(log, "printf 'password: '"));
        rig.loop.runReady();
        assertThat(lines()).isEmpty();

        rig.loop.advance(Duration.ofSeconds(2));
        rig.loop.runUntil(() -> lines().size() == 1);
        assertThat(lines()).containsExactly(TIME + "password: ");
    }

    @Test
    void closingStoresWhatIsStillInThePipe() throws Exception {
        OutputLog log = open(LARGE);
        ChildProcess child = rig.launch(printing(log, "echo last; printf words"));
        List<ExitStatus> exits = new ArrayList<>();
        child.onExit(exits::add);
        rig.loop.runUntil(() -> !exits.isEmpty());
        log.close();
        logs.close();

        assertThat(lines()).containsExactly(TIME + "last", TIME + "words");
    }

    @Test
    void linesOfSeveralInstancesAreAllThere() throws Exception {
        OutputLog log = open(LARGE);
        for (int i = 0; i < 5; i++) {
            rig.launch(
                    printing(log, "i=0; while [ $i -lt 200 ]; do echo instance " + i + " line $i; i=$((i+1)); done"));
        }
        rig.loop.runUntil(() -> lines().size() == 1000);

        assertThat(lines()).doesNotHaveDuplicates().contains(TIME + "instance 4 line 199");
    }

    @Test
    void filesAreRotatedBySizeAndTheOldestGo() throws Exception {
        OutputLog log = open(new LogLimits(1000, 3));
        print(log, "i=0; while [ $i -lt 200 ]; do echo line $i; i=$((i+1)); done");
        rig.loop.runUntil(() -> lines().stream().anyMatch(line -> line.endsWith("line 199")));

        List<String> names = List.of("web.service.log", "web.service.log.1", "web.service.log.2");
        assertThat(directory.toFile().list()).containsExactlyInAnyOrderElementsOf(names);
        for (String name : names) {
            assertThat(Files.size(directory.resolve(name))).isBetween(1L, 1000L);
        }
        List<String> tail = tail(50);
        assertThat(tail).hasSize(50).startsWith(TIME + "line 150").endsWith(TIME + "line 199");
    }

    @Test
    void tailDuringRotationsHasEveryLineOnceAndInOrder() throws Exception {
        OutputLog log = open(new LogLimits(600, 8));
        print(log, "i=0; while [ $i -lt 5000 ]; do echo line $i; i=$((i+1)); done");
        rig.loop.runUntil(
                () -> {
                    List<String> all = lines();
                    int first = all.isEmpty() ? 0 : number(all.get(0));
                    for (int i = 0; i < all.size(); i++) {
                        assertThat(number(all.get(i))).isEqualTo(first + i);
                    }
                    return first + all.size() == 5000;
                },
                Duration.ofSeconds(60));
    }

    private static int number(String line) {
        return Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
    }

    @Test
    void lineOfTwoMegabytesWithoutAnEndIsCut() throws Exception {
        OutputLog log = open(LARGE);
        print(log, "head -c 2500000 /dev/zero | tr '\\0' x; echo; echo end");
        rig.loop.runUntil(() -> lines().stream().anyMatch(line -> line.endsWith(" end")));

        assertThat(lines())
                .extracting(line -> line.length() - TIME.length())
                .containsExactly(LineSplitter.LONGEST, LineSplitter.LONGEST, 2_500_000 - 2 * LineSplitter.LONGEST, 3);
    }

    @Test
    void binaryGarbageHarmsNobody() throws Exception {
        OutputLog log = open(LARGE);
        print(log, "head -c 300000 /dev/urandom; echo; echo end");
        rig.loop.runUntil(() -> tail(1).stream().anyMatch(line -> line.endsWith("end")));
    }

    @Test
    void twentyMegabytesComeThroughWhileTheDiskIsSlower() throws Exception {
        OutputLog log = open(LARGE);
        // yes(1) would complain of the pipe that head closes.
        print(log, "exec 2>/dev/null; yes 0123456789012345678901234567890123456789 | head -n 500000; echo end");
        rig.loop.runUntil(() -> tail(1).stream().anyMatch(line -> line.endsWith("end")), Duration.ofSeconds(60));

        assertThat(Files.size(log.file())).isEqualTo(500_000L * (TIME.length() + 41) + TIME.length() + 4);
        assertThat(log.droppedLines()).isZero();
    }

    @Test
    void fullDiskIsSaidOnceAndLinesAreCountedUntilThereIsRoom() throws Exception {
        Path file = LogFiles.current(directory, "web.service");
        Files.createSymbolicLink(file, Path.of("/dev/full"));
        OutputLog log = open(LARGE);
        print(log, "echo a; echo b");
        rig.loop.runUntil(() -> log.droppedLines() == 2);
        print(log, "echo c");
        rig.loop.runUntil(() -> log.droppedLines() == 3);
        assertThat(told).containsExactly("web.service failed: No space left on device");

        Files.delete(file);
        print(log, "echo d");
        rig.loop.runUntil(() -> told.size() == 2);

        assertThat(told.get(1)).isEqualTo("web.service resumed after 3");
        assertThat(lines()).containsExactly(TIME + "3 lines were dropped: No space left on device", TIME + "d");
        assertThat(log.droppedLines()).isZero();
    }

    @Test
    void linesWaitWhereThereIsNoThreadToBeHadAndAreStoredLater() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        OutputLogs pressed = new OutputLogs(rig.loop, directory, clock, listener, task -> {
            if (failures.getAndIncrement() < 2) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return new Thread(task);
        });
        OutputLog log = pressed.open("web.service", LARGE);
        open.add(log);
        print(log, "echo first");
        rig.loop.runUntil(() -> failures.get() == 1);
        print(log, "echo second");
        rig.loop.advance(Duration.ofSeconds(1));
        assertThat(failures).hasValue(2);
        rig.loop.advance(Duration.ofSeconds(1));
        rig.loop.runUntil(() -> lines().size() == 2);

        assertThat(lines()).containsExactly(TIME + "first", TIME + "second");
        pressed.close();
    }

    @Test
    void followerSeesEveryLineOnceAcrossRotations() throws Exception {
        OutputLog log = open(new LogLimits(2000, 50));
        print(log, "echo before");
        rig.loop.runUntil(() -> lines().size() == 1);
        List<String> seen = new ArrayList<>();
        try (LogReader follower = LogReader.open(log.file(), 0)) {
            assertThat(read(follower, true)).isEmpty();
            rig.launch(printing(log, "i=0; while [ $i -lt 1000 ]; do echo line $i; i=$((i+1)); done"));
            rig.loop.runUntil(() -> {
                seen.addAll(read(follower, true));
                return seen.size() >= 1000;
            });
        }

        assertThat(seen)
                .hasSize(1000)
                .startsWith(TIME + "line 0")
                .endsWith(TIME + "line 999")
                .doesNotHaveDuplicates();
    }

    private OutputLog open(LogLimits limits) {
        OutputLog log = logs.open("web.service", limits);
        open.add(log);
        return log;
    }

    private void print(OutputLog log, String script) throws LaunchFailure {
        rig.launch(printing(log, script));
    }

    private static LaunchPlanBuilder printing(OutputLog log, String script) {
        return Rig.shell(script)
                .environment("PATH", "/usr/bin:/bin")
                .fd(new FdMapping(1, log.writeEnd(), Blocking.AS_IS))
                .fd(new FdMapping(2, log.writeEnd(), Blocking.AS_IS));
    }

    private List<String> lines() {
        return tail(1_000_000);
    }

    private List<String> tail(int count) {
        try (LogReader reader = LogReader.open(LogFiles.current(directory, "web.service"), count)) {
            return read(reader, false);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** All that there is at present; the log writes whole lines. */
    private static List<String> read(LogReader reader, boolean follow) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer block = ByteBuffer.allocate(64 * 1024);
        try {
            for (reader.read(block, follow); block.position() > 0; reader.read(block.clear(), follow)) {
                all.write(block.array(), 0, block.position());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return all.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
