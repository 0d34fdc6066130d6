package dev.activator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileCommandsTest {
    @TempDir
    private Path directory;

    private Path units;
    private CommandRig rig;

    @BeforeEach
    void open() throws IOException {
        units = Files.createDirectory(directory.resolve("units"));
        rig = new CommandRig(directory.resolve("run"));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void goodUnitsAreShownWithWhatBecomesOfTheirDirectives() throws IOException {
        write("web.socket", "[Socket]\nListenStream=8080\nBacklog=64\n");
        write("web.service", "[Service]\nExecStart=/bin/cat\nPrivateNetwork=no\n");
        CommandRig.Result result = rig.run("verify", units.toString());
        assertThat(result.status()).isZero();
        assertThat(result.out()).isEqualTo("""
                        web.socket: loaded
                          applied      Backlog= Listen=
                        web.service: loaded
                          applied      ExecStart= PrivateNetwork=

                        no problem in 2 units
                        """);
    }

    @Test
    void securityThatCannotBeHadIsAnErrorUnlessAllowed() throws IOException {
        write("web.service", "[Service]\nExecStart=/bin/cat\nPrivateNetwork=yes\n");
        String file = units.resolve("web.service").toString();
        CommandRig.Result result = rig.run("verify", file);
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .startsWith(
                        "web.service: loaded, does not start\n  applied      ExecStart=\n  refused      PrivateNetwork=\n")
                .contains(file + ":3:1: error: PrivateNetwork= cannot be applied");
        assertThat(rig.run("verify", "--allow-unsupported-hardening", file).status())
                .isZero();
    }

    @Test
    void everyProblemIsPrintedWithItsPlace() throws IOException {
        write("web.socket", "[Socket]\nListenStream=8080\nMaxConection=4\nListenStream=0.0.0.0:99999\n");
        write("web.service", "[Service]\nExecStart=/bin/cat\n");
        CommandRig.Result result =
                rig.run("verify", "-q", units.resolve("web.socket").toString());
        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("web.socket:3:1: warning: unknown setting 'MaxConection=' in [Socket]")
                .contains("did you mean 'MaxConnections='?")
                .contains("web.socket:4:14: warning: ListenStream= '0.0.0.0:99999'")
                .contains("2 problems in 1 file");
    }

    @Test
    void problemsForPrograms() throws IOException {
        write("web.socket", "[Socket]\nListenStream=8080\n");
        assertThat(rig.run("verify", "--json", units.toString()).out())
                .contains(
                        "\"severity\" : \"error\"", "\"web.socket\" : {", "there is no service 'web.service' to start");
    }

    @Test
    void missingFileIsAProblem() {
        CommandRig.Result result = rig.run("verify", units.resolve("no.socket").toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("no.socket: error: cannot be read: no such file");
        assertThat(rig.run("verify").status()).isEqualTo(2);
    }

    @Test
    void directiveIsExplained() {
        CommandRig.Result result = rig.run("directives", "backlog=");
        assertThat(result.status()).isZero();
        assertThat(result.out())
                .startsWith("Backlog= in [Socket]\n")
                .contains("  here: applied\n", "  systemd: the same\n");
        assertThat(rig.run("directives", "Limit*").out()).contains("LimitNOFILE=", "LimitCORE=");
    }

    @Test
    void directivesAreListedByType() {
        assertThat(rig.run("directives", "--type=socket").out())
                .contains("[Socket]", "Backlog=")
                .doesNotContain("[Service]");
        assertThat(rig.run("directives").out()).contains("[Service]", "[X-Activator]", "IdleTimeoutSec=");
        assertThat(rig.run("directives", "--type=timer").status()).isEqualTo(2);
    }

    @Test
    void unknownDirectiveGetsASuggestion() {
        CommandRig.Result result = rig.run("directives", "Backlogg");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("There is no directive 'Backlogg'; did you mean 'Backlog'?\n");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(units.resolve(name), text);
    }
}
