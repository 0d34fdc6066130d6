package dev.activator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.listener.testing.FdLeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold when a unit starts. systemd.unit(5) */
@ExtendWith(FdLeakCheck.class)
class ConditionScenariosTest {
    private static final String NAME = "web.service";

    @TempDir
    private Path directory = Path.of("");

    private Rig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new Rig(directory);
        Files.writeString(Files.createDirectory(directory.resolve("d")).resolve("file"), "content");
        Files.createDirectory(directory.resolve("empty"));
        Files.createFile(directory.resolve("nothing"));
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("d"));
    }

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    private boolean starts(String conditions) {
        rig.unit("web.socket", "[Socket]\nListenStream=PORT\n")
                .unit(
                        NAME,
                        "[Unit]\n" + conditions.replace("@", directory.toString())
                                + "\n[Service]\nExecStart=/bin/true\n")
                .load();
        rig.connect();
        return !rig.launcher().plans().isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ConditionPathExists=@/d/file",
                "ConditionPathExists=!@/missing",
                "ConditionPathExistsGlob=@/d/f*",
                "ConditionPathIsDirectory=@/d",
                "ConditionPathIsSymbolicLink=@/link",
                "ConditionPathIsMountPoint=/proc",
                "ConditionPathIsReadWrite=@/d",
                "ConditionDirectoryNotEmpty=@/d",
                "ConditionFileNotEmpty=@/d/file",
                "ConditionFileIsExecutable=/bin/sh",
                "ConditionEnvironment=PATH",
                "ConditionArchitecture=native",
                "ConditionCPUs=>=1",
                "ConditionMemory=>1M",
                "AssertPathExists=@/d/file",
                "ConditionPathExists=|@/missing\nConditionPathIsDirectory=|@/d",
            })
    void whatHoldsStartsTheService(String conditions) {
        assertThat(starts(conditions)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ConditionPathExists=@/missing",
                "ConditionPathExistsGlob=@/d/[",
                "ConditionHost=[",
                "ConditionKernelVersion=6[",
                "ConditionPathExists=!@/d/file",
                "ConditionPathExistsGlob=@/d/x*",
                "ConditionPathIsDirectory=@/d/file",
                "ConditionPathIsSymbolicLink=@/d",
                "ConditionPathIsMountPoint=@/d",
                "ConditionPathIsSocket=@/d/file",
                "ConditionDirectoryNotEmpty=@/empty",
                "ConditionFileNotEmpty=@/nothing",
                "ConditionFileIsExecutable=@/d/file",
                "ConditionEnvironment=NO_SUCH_VARIABLE",
                "ConditionHost=no-such-host",
                "ConditionKernelCommandLine=no-such-word",
                "ConditionCPUs=<1",
                "ConditionMemory=>100000G",
                "ConditionPathExists=@/d/file\nConditionPathExists=@/missing",
                "ConditionPathExists=|@/missing\nConditionPathIsDirectory=|@/nothing",
            })
    void whatDoesNotHoldIsNoFailureAndItsSocketStays(String conditions) {
        assertThat(starts(conditions)).isFalse();
        assertThat(rig.service(NAME).state()).isEqualTo(ServiceState.DEAD);
        assertThat(rig.service(NAME).view().run().result()).isEqualTo(RunResult.SUCCESS);
        assertThat(rig.events().count("does not hold")).isPositive();
        assertThat(rig.socket("web.socket").state().isOpen()).isTrue();
    }

    @Test
    void whoWaitsIsServedOnceTheConditionHoldsAndTriesAreFew() throws IOException {
        assertThat(starts("ConditionPathExists=@/later")).isFalse();
        rig.advance(Duration.ofMinutes(1));
        assertThat(rig.events().count("does not hold")).isLessThan(30);

        Files.createFile(directory.resolve("later"));
        rig.advance(Duration.ofMinutes(5));
        assertThat(rig.launcher().plans()).hasSize(1);
    }

    @Test
    void anAssertionThatDoesNotHoldIsAFailureThatSaysSo() {
        assertThat(starts("AssertPathExists=@/missing")).isFalse();
        assertThat(rig.service(NAME).state()).isEqualTo(ServiceState.FAILED);
        assertThat(rig.service(NAME).view().run().failure())
                .contains("AssertPathExists=")
                .contains("does not hold");
    }

    @Test
    void aSocketWhoseConditionDoesNotHoldStaysClosed() {
        rig.unit("web.socket", "[Unit]\nConditionPathExists=" + directory + "/missing\n[Socket]\nListenStream=PORT\n")
                .unit(NAME, "[Service]\nExecStart=/bin/true\n")
                .load();

        assertThat(rig.socket("web.socket").state()).isEqualTo(SocketState.CLOSED);
        assertThat(rig.socket("web.socket").cause())
                .contains("ConditionPathExists=!".replace("!", ""))
                .contains("does not hold");
    }
}
