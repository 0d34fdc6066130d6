package dev.activator.it.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.activator.it.rig.Command;
import dev.activator.it.rig.Outcome;
import dev.activator.it.rig.ProcFs;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that cannot be says so in one line, with what to do, and leaves nothing. */
class FailedStartTest {
    @TempDir
    private Path directory;

    /** Whoever made it could read the logs and decide what is enabled. */
    @Test
    void aStateDirectoryInTheSharedPlaceThatAnotherUserMadeIsRefused() throws IOException {
        assumeTrue(ProcFs.isRoot(), "needs root to make one of another user");
        Path foreign = Files.createTempDirectory(Path.of("/tmp"), "activator-");
        Files.setAttribute(foreign, "unix:uid", 1234);

        Outcome refused = run(
                directory.resolve("run"), "--state", foreign.resolve("state").toString());

        assertThatItSays(refused, 1, "cannot use '" + foreign + "': it belongs to uid 1234");
        assertThat(refused.err()).contains("--state DIR");
        Files.delete(foreign);
    }

    @Test
    void tooFewOpenFilesAreNamedWithHowManyAreNeeded() {
        for (int allowed : new int[] {20, 32, 48, 64}) {
            Outcome refused = run(
                    List.of("sh", "-c", "ulimit -n " + allowed + "; exec \"$0\" \"$@\""),
                    directory.resolve("run"),
                    directory);
            assertThatItSays(
                    refused, 1, "too few open files allowed (ulimit -n " + allowed + "), at least 80 are needed");
        }
    }

    @Test
    void aReadyDescriptorThatIsNotOpenIsRefusedBeforeAnythingIsBound() {
        Outcome refused = run(directory.resolve("run"), "--ready-fd", "77");

        assertThatItSays(refused, 2, "--ready-fd 77: no descriptor of that number is open for writing");
        assertThat(refused.out()).isEmpty();
    }

    @Test
    void aPlaceThatCannotBeMadeIsNamedWithTheReasonAndTheOption() throws IOException {
        assertThatItSays(
                run(Path.of("/proc/x")), 1, "'/proc/x': no such file or directory; give another --runtime DIR");
        Path file = Files.createFile(directory.resolve("file"));
        assertThatItSays(
                run(directory.resolve("run"), "--state", file.toString()),
                1,
                "'" + file + "/units': Not a directory; give another --state DIR");
        assertThatItSays(
                run(directory.resolve("run"), "--log", "file:/nonexistent/log"),
                1,
                "--log: the log file /nonexistent/log cannot be written to: no such file or directory; give a file");
    }

    @Test
    void itLeavesNoCgroup() throws IOException {
        Path file = Files.createFile(
                directory.resolve("failed-" + ProcessHandle.current().pid()));

        assertThatItSays(run(file), 1, "give another --runtime DIR");

        assertThat(cgroups("activator-" + file.getFileName())).isEmpty();
    }

    private static List<Path> cgroups(String prefix) {
        try (Stream<Path> all = Files.find(
                Path.of("/sys/fs/cgroup"),
                Integer.MAX_VALUE,
                (path, attributes) -> attributes.isDirectory()
                        && path.getFileName().toString().startsWith(prefix))) {
            return all.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void withoutAnyReadableUnitDirectoryThereIsNothingToWaitFor() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        Path absent = directory.resolve("absent");

        assertThatItSays(
                run(List.of(), directory.resolve("run"), absent, "--units", file.toString()),
                1,
                "--units '" + absent + "': no such directory, '" + file + "': is no directory; give a directory");
    }

    private Outcome run(Path runtime, String... more) {
        return run(List.of(), runtime, directory, more);
    }

    private Outcome run(List<String> wrapper, Path runtime, Path units, String... more) {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(SuperServer.launcher(), "run", "--units", units.toString()));
        command.addAll(List.of("--runtime", runtime.toString()));
        command.addAll(List.of(more));
        return Command.of(command.get(0))
                .and(command.subList(1, command.size()))
                .run();
    }

    private static void assertThatItSays(Outcome refused, int exitCode, String text) {
        assertThat(refused.exitCode()).as(refused.text()).isEqualTo(exitCode);
        assertThat(refused.err().lines()).hasSize(1);
        assertThat(refused.err()).contains("cannot start: ").contains(text);
    }
}
