package dev.activator.it.promises;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.ChildReport;
import dev.activator.it.rig.KernelSockets;
import dev.activator.it.rig.LineClient;
import dev.activator.it.rig.NeedsRoot;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A child gets exactly the descriptors, environment, credentials and limits that its unit asks for. */
class ChildProcessTest {

    /** SIGPIPE is signal 13: bit 12. */
    private static final String ONLY_SIGPIPE = "0000000000001000";

    private static final String NO_SIGNAL = "0000000000000000";

    @RegisterExtension
    final SuperServer server =
            SuperServer.over("child").environment("PASSED_ON", "from outside").environment("NOT_PASSED_ON", "secret");

    @BeforeEach
    void makeDirectory() throws IOException {
        Files.createDirectories(server.file("out"));
        Files.setPosixFilePermissions(server.file("out"), PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @Test
    void aServiceGetsItsListenersInTheOrderOfTheFileAndNothingElse() throws IOException {
        ChildReport child = wake("listen");
        Map<Integer, String> fds = child.fds();
        assertThat(fds).containsOnlyKeys(0, 1, 2, 3, 4, 5);
        assertThat(fds).containsEntry(0, "/dev/null");
        assertThat(fds.get(1))
                .as("stdout is the unit's log")
                .isEqualTo(fds.get(2))
                .startsWith("pipe:");
        assertThat(KernelSockets.name(fds.get(3))).isEqualTo("tcp " + server.port("listen"));
        assertThat(KernelSockets.name(fds.get(4))).isEqualTo("udp " + server.port("udp"));
        assertThat(KernelSockets.name(fds.get(5))).isEqualTo("unix " + server.file("listen.sock"));
        assertThat(child.environment())
                .containsEntry("LISTEN_FDS", "3")
                .containsEntry("LISTEN_FDNAMES", "front:front:front")
                .containsEntry("LISTEN_PID", Long.toString(server.mainPid("listen.service")));
    }

    @Test
    void aServiceThatAsksForNothingHasACleanProcess() throws IOException {
        ChildReport child = wake("listen");
        assertThat(child.status("SigBlk")).isEqualTo(NO_SIGNAL);
        assertThat(child.status("SigIgn")).isEqualTo(ONLY_SIGPIPE);
        assertThat(child.status("Umask")).isEqualTo("0022");
        assertThat(child.line("cwd")).isEqualTo("/");
        assertThat(child.limit("Max open files"))
                .as("the traditional soft limit")
                .startsWith("1024 ");
        assertThat(child.nice()).isZero();
        assertThat(child.environment())
                .doesNotContainKeys("NOT_PASSED_ON", "PASSED_ON", "ACTIVATOR_RUNTIME", "NOTIFY_SOCKET")
                .containsKeys("PATH", "INVOCATION_ID");
    }

    @Test
    @NeedsRoot
    void everySettingOfTheUnitIsInTheProcess() throws IOException {
        ChildReport child = wake("restricted", "out/restricted");
        assertThat(child.status("Uid")).isEqualTo("65534 65534 65534 65534");
        assertThat(child.status("Gid")).isEqualTo("65534 65534 65534 65534");
        assertThat(child.status("Groups").split(" ")).contains("60");
        assertThat(child.status("Umask")).isEqualTo("0027");
        assertThat(child.status("NoNewPrivs")).isEqualTo("1");
        assertThat(child.status("SigIgn")).isEqualTo(NO_SIGNAL);
        assertThat(child.status("SigBlk")).isEqualTo(NO_SIGNAL);
        assertThat(child.status("CapEff")).isEqualTo("0000000000000000");
        assertThat(child.limit("Max open files")).isEqualTo("300 400");
        assertThat(child.limit("Max core file size")).isEqualTo("0 0");
        assertThat(child.limit("Max processes")).isEqualTo("1000 1000");
        assertThat(child.nice()).isEqualTo(7);
        assertThat(child.line("oom")).isEqualTo("321");
        assertThat(child.line("cwd")).isEqualTo(server.file("out").toString());
        assertThat(child.fds()).containsOnlyKeys(0, 1, 2, 3);
        assertThat(child.environment())
                .containsEntry("PLAIN", "value")
                .containsEntry("QUOTED", "two words")
                .containsEntry("FROM_FILE", "a file's value")
                .containsEntry("PASSED_ON", "from outside")
                .containsEntry("USER", "nobody")
                .containsEntry("LOGNAME", "nobody")
                .containsKeys("HOME")
                // Nobody logs in as nobody.
                .doesNotContainKeys("REMOVED", "NOT_PASSED_ON", "SHELL");
    }

    @Test
    void aConnectionsServiceGetsTheConnectionAndNothingElse() throws IOException {
        try (LineClient client = LineClient.tcp(server.port("connection"))) {
            String said = client.readAll();
            Map<Integer, String> fds = ChildReport.fds(said);
            assertThat(fds).containsOnlyKeys(0, 1, 2);
            assertThat(fds.get(0)).startsWith("socket:").isEqualTo(fds.get(1));
            assertThat(fds.get(2)).startsWith("pipe:");
            assertThat(ChildReport.environment(said))
                    .containsEntry("REMOTE_ADDR", "127.0.0.1")
                    .containsEntry("REMOTE_PORT", Integer.toString(client.localPort()));
        }
    }

    private ChildReport wake(String unit) throws IOException {
        return wake(unit, unit);
    }

    private ChildReport wake(String unit, String report) throws IOException {
        LineClient client = LineClient.tcp(server.port(unit));
        try {
            return ChildReport.await(server.file(report));
        } finally {
            client.close();
        }
    }
}
