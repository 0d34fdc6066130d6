package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.ZombieCheck;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the memory of a process that stands still. */
@ExtendWith({FdLeakCheck.class, ZombieCheck.class})
final class MemoryReturnTest {
    private static final Path ON_DISK =
            Path.of("target", "memory-return-" + ProcessHandle.current().pid());

    @TempDir
    Path directory;

    private final Rig rig = new Rig();

    @AfterEach
    void stop() throws IOException {
        rig.close();
        Files.deleteIfExists(ON_DISK);
    }

    @Test
    void whatWasReadFromFilesGoesAndWhatStaysIsExplained() throws Exception {
        // A copy of its own, on disk: pages that others have mapped, too, or that are not written yet, stay.
        Path program = Files.copy(Path.of("/bin/sleep"), ON_DISK, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel file = FileChannel.open(program, StandardOpenOption.WRITE)) {
            file.force(true);
        }
        assertThat(program.toFile().setExecutable(true)).isTrue();
        ChildProcess child = rig.run(
                LaunchPlan.of(Rig.UNIT, program.toAbsolutePath().toString()).arguments("1000"));

        MemoryReturn.Outcome outcome = new MemoryReturn(List.of(child.pid()), Optional.empty()).perform();

        if (outcome.drawback().contains("CAP_SYS_NICE")) {
            assertThat(Rig.isRoot()).as(outcome.drawback()).isFalse();
            return;
        }
        assertThat(outcome.before()).isPositive();
        assertThat(outcome.after()).isLessThan(outcome.before());
        boolean hasSwap = Files.readAllLines(Path.of("/proc/swaps")).size() > 1;
        assertThat(outcome.drawback().isEmpty()).as(outcome.drawback()).isEqualTo(hasSwap);
        assertThat(child.hasExecuted()).isTrue();
    }

    @Test
    void theCgroupIsAskedWhereItHasTheMemoryController() throws IOException {
        Path reclaim = Files.createFile(directory.resolve("memory.reclaim"));
        int self = (int) ProcessHandle.current().pid();
        MemoryReturn.Outcome outcome = new MemoryReturn(List.of(self), Optional.of(directory)).perform();
        assertThat(Files.readString(reclaim)).isEqualTo(Long.toString(outcome.before()));
    }

    @Test
    void processesThatAreGoneHaveNone() {
        MemoryReturn.Outcome outcome = new MemoryReturn(List.of(Integer.MAX_VALUE), Optional.empty()).perform();
        assertThat(outcome).isEqualTo(new MemoryReturn.Outcome(0, 0, ""));
    }
}
