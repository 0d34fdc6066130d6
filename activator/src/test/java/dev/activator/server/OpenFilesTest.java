package dev.activator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.listener.OpenFilesLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenFilesTest {
    @Test
    void whereThereAreEnoughNothingIsSaid() {
        assertThat(OpenFiles.shortage(1000, 1000, 5256, 60)).isEmpty();
    }

    @Test
    void whatWillLackIsSaidBeforeItDoes() {
        assertThat(OpenFiles.shortage(1000, 1000, 1024, 256))
                .isEqualTo(
                        "at most 1024 files may be open here, so that 232 of 1000 listeners cannot be opened, the others wait; raise "
                                + "the hard limit to 5256 (LimitNOFILE=, ulimit -Hn, docker run --ulimit nofile=)");
        assertThat(OpenFiles.shortage(1000, 1000, 4096, 256))
                .contains("no more than about 710 of 1000 services can run at a time");
    }

    @Test
    void aLowLimitThatDoesForAFewUnitsIsNoTrouble() {
        assertThat(OpenFiles.shortage(2, 2, 80, 60)).isEmpty();
        assertThat(OpenFiles.shortage(2, 2, 50, 60)).contains("2 of 2 listeners cannot be opened");
    }

    @Test
    void aLimitThatIsHighEnoughStaysAsItIs() {
        long now = OpenFilesLimit.raise(1);
        assertThat(now).isPositive();
        assertThat(OpenFilesLimit.raise(16)).isEqualTo(now);
        assertThat(OpenFilesLimit.current()).isEqualTo(now);
    }

    @Test
    void howManyWillBeOpenIsForeseenByTheFiles(@TempDir Path units) throws IOException {
        assertThat(OpenFiles.expected(units.resolve("absent").toFile())).isZero();

        Files.writeString(units.resolve("a.socket"), "[Socket]\nListenStream=80\n");
        Files.writeString(units.resolve("a.service"), "[Service]\nExecStart=/bin/true\n");
        assertThat(OpenFiles.expected(units.toFile())).isEqualTo(2);

        Files.writeString(units.resolve("many.yaml"), "x".repeat(4000));
        assertThat(OpenFiles.expected(units.toFile())).isEqualTo(103);
    }

    @Test
    void roomIsMadeForThemAllAtOnce() throws IOException {
        long present = tableSize();
        OpenFilesLimit.makeRoom(present + 1);
        assertThat(tableSize()).isGreaterThan(present);

        OpenFilesLimit.makeRoom(0);
        assertThat(tableSize()).isGreaterThan(present);
    }

    /** proc(5), FDSize */
    private static long tableSize() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("FDSize:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring("FDSize:".length()).strip()))
                .findFirst()
                .orElseThrow();
    }
}
