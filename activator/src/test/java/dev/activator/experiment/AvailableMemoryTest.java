package dev.activator.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvailableMemoryTest {
    @TempDir
    private Path cgroup = Path.of("");

    @Test
    void theHostTellsWhatIsAvailable() {
        assertThat(AvailableMemory.ofHost(List.of("MemTotal:       24000000 kB", "MemAvailable:   2097152 kB")))
                .isEqualTo(2048);
    }

    @Test
    void residentMemoryOfAProcessIsInItsStatus() throws IOException {
        assertThat(ResidentMemory.of(List.of("Name:\tjava", "VmRSS:\t   61972 kB", "RssAnon:\t 42000 kB")))
                .isEqualTo(61_972L * 1024);
    }

    @Test
    void aLimitedContainerHasWhatItsLimitLeaves() throws IOException {
        Files.writeString(cgroup.resolve("memory.max"), "1073741824\n");
        Files.writeString(cgroup.resolve("memory.current"), "536870912\n");

        assertThat(left()).isEqualTo(512);
    }

    @Test
    void withoutALimitThereIsNone() throws IOException {
        assertThat(left()).isEqualTo(Long.MAX_VALUE);
        Files.writeString(cgroup.resolve("memory.max"), "max\n");
        assertThat(left()).isEqualTo(Long.MAX_VALUE);
    }

    private long left() throws IOException {
        return AvailableMemory.left(cgroup, "memory.max", "memory.current");
    }
}
