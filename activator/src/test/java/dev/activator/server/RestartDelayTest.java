package dev.activator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.config.HostFacts;
import dev.activator.config.ServiceUnit;
import dev.activator.config.UnitLoader;
import dev.activator.config.UnitName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartDelayTest {
    @TempDir
    private Path directory;

    private List<Long> millis(String settings) throws IOException {
        Files.writeString(directory.resolve("x.service"), "[Service]\nExecStart=/bin/x\n" + settings);
        ServiceUnit unit = UnitLoader.load(List.of(directory), HostFacts.forTests())
                .service(Objects.requireNonNull(UnitName.parse("x.service")))
                .orElseThrow();
        return LongStream.rangeClosed(1, 6)
                .mapToObj(number -> ServicePolicy.restartDelay(unit, number).toMillis())
                .toList();
    }

    @Test
    void thePauseStaysWhatItIsWithoutSteps() throws IOException {
        assertThat(millis("RestartSec=2s\nRestartMaxDelaySec=1min\n")).containsOnly(2000L);
    }

    @Test
    void withStepsItGrowsGeometricallyToTheLongest() throws IOException {
        assertThat(millis("RestartSec=1s\nRestartMaxDelaySec=16s\nRestartSteps=4\n"))
                .containsExactly(1000L, 2000L, 4000L, 8000L, 16_000L, 16_000L);
        assertThat(ServicePolicy.restartDelay(
                        unit("RestartSec=1s\nRestartMaxDelaySec=16s\nRestartSteps=4\n"), 1_000_000))
                .isEqualTo(Duration.ofSeconds(16));
    }

    private ServiceUnit unit(String settings) throws IOException {
        Files.writeString(directory.resolve("y.service"), "[Service]\nExecStart=/bin/y\n" + settings);
        return UnitLoader.load(List.of(directory), HostFacts.forTests())
                .service(Objects.requireNonNull(UnitName.parse("y.service")))
                .orElseThrow();
    }
}
