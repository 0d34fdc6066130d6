package dev.activator.handoff.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.handoff.kernel.SpawnRequest.Duplicate;
import dev.activator.listener.kernel.LibC;
import dev.activator.listener.kernel.NativeMemory;
import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.ZombieCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({FdLeakCheck.class, ZombieCheck.class})
final class SpawnerTest {
    private static final int O_WRONLY_CREAT = 01 | 0100;

    @TempDir
    Path directory;

    @Test
    void descriptorsAreAsExactWithTheOlderCLibrary() throws Exception {
        Path output = directory.resolve("output");
        // Not close-on-exec, as one that another thread's library opens.
        int leaky = LibC.open(NativeMemory.ofString(output.toString()), O_WRONLY_CREAT, 0600);
        int pid = new Spawner(false).spawn(listing(leaky));
        assertThat(pid).isPositive();
        LibC.close(leaky);
        waitFor(pid);

        // ls itself opens the directory as number 3.
        assertThat(Files.readAllLines(output)).containsExactly("0", "1", "2", "3");
    }

    @Test
    void descriptorsAreExactWithThisCLibrary() throws Exception {
        Path output = directory.resolve("output");
        int leaky = LibC.open(NativeMemory.ofString(output.toString()), O_WRONLY_CREAT, 0600);
        int pid = new Spawner().spawn(listing(leaky));
        LibC.close(leaky);
        waitFor(pid);

        assertThat(Files.readAllLines(output)).containsExactly("0", "1", "2", "3");
    }

    @Test
    void failureIsTheNegatedErrno() {
        SpawnRequest missing =
                new SpawnRequest("/no/such", List.of("x"), List.of(), List.of(), List.of(0, 1, 2), 3, null, true);

        assertThat(new Spawner().spawn(missing)).isEqualTo(-2);
        assertThat(new Spawner(false).spawn(missing)).isEqualTo(-2);
    }

    private static SpawnRequest listing(int output) {
        // Through a spare number, as a swap does it.
        return new SpawnRequest(
                "/bin/ls",
                List.of("ls", "/proc/self/fd"),
                List.of(),
                List.of(new Duplicate(output, output + 20), new Duplicate(output + 20, 1)),
                List.of(0, 2),
                3,
                null,
                true);
    }

    private static void waitFor(int pid) {
        new ProcessCalls().collectBlocking(pid);
    }
}
