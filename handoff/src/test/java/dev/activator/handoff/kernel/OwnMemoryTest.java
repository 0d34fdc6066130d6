package dev.activator.handoff.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.handoff.kernel.OwnMemory.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class OwnMemoryTest {

    @Test
    void lettingGoLeavesFewPagesOfFilesAndEverythingWorks() throws IOException {
        long before = filePages();

        long released = OwnMemory.release();

        assertThat(released).isGreaterThan(1 << 20);
        assertThat(filePages()).isLessThan(before);
    }

    /** Of files, in KiB. proc_pid_status(5). */
    private static long filePages() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("RssFile:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }

    @Test
    void onlyWhatIsAFilesAndNotToBeWrittenMayGo() {
        assertThat(Mapping.ofFileToRead("7f00a000-7f00c000 r-xp 00000000 fe:01 12 /usr/lib/libc.so.6"))
                .isEqualTo(new Mapping(0x7f00a000L, 0x7f00c000L));
        assertThat(Mapping.ofFileToRead("7f00a000-7f00c000 r--p 00000000 fe:01 12 /usr/lib/modules"))
                .isNotNull();
        assertThat(Mapping.ofFileToRead("7f00a000-7f00c000 rw-p 00000000 fe:01 12 /usr/lib/libc.so.6"))
                .isNull();
        assertThat(Mapping.ofFileToRead("7f00a000-7f00c000 r--s 00000000 fe:01 12 /usr/lib/a.jar"))
                .isNull();
        assertThat(Mapping.ofFileToRead("7ffd1000-7ffd2000 r-xp 00000000 00:00 0 [vdso]"))
                .isNull();
    }
}
