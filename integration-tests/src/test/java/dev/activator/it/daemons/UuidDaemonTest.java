package dev.activator.it.daemons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.Command;
import dev.activator.it.rig.NeedsProgram;
import dev.activator.it.rig.NeedsRoot;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Debian's own {@code uuidd.socket} and {@code uuidd.service}, unmodified, at their fixed path. The service asks for
 * hardening; a drop-in of ours accepts that not all of it can be applied.
 */
@NeedsRoot
@NeedsProgram({"uuidd", "uuidgen"})
class UuidDaemonTest {

    private static final Path SOCKET = Path.of("/run/uuidd/request");

    @RegisterExtension
    final SuperServer server = SuperServer.over("uuidd").startedByTest();

    @BeforeEach
    void takeDebiansFiles() throws IOException {
        for (String unit : List.of("uuidd.socket", "uuidd.service")) {
            Files.copy(
                    Path.of("/lib/systemd/system", unit),
                    server.scenario().units().resolve(unit));
        }
        server.start();
    }

    @AfterEach
    void removeTheFixedPath() throws IOException {
        Files.deleteIfExists(SOCKET);
    }

    @Test
    void uuidgenGetsItsTimeBasedIdsFromTheDaemonThatItWoke() {
        String first = generate();
        assertThat(server.mainPid("uuidd.service")).isNotZero();
        assertThat(generate()).isNotEqualTo(first);
        String bulk = Command.of("uuidd", "--random", "--uuids", "3")
                .run()
                .succeeded()
                .out();
        assertThat(bulk.lines().filter(line -> line.matches("\\s+[0-9a-f-]{36}")))
                .hasSize(3);
        assertThat(server.status("uuidd.socket").at("/socket/activations").asInt())
                .isEqualTo(1);
    }

    private static String generate() {
        return Command.of("uuidd", "--time").run().succeeded().out().strip();
    }
}
