package dev.activator.it.promises;

import static dev.activator.it.rig.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.Command;
import dev.activator.it.rig.LineClient;
import dev.activator.it.rig.Outcome;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The log goes where it is told to, and nowhere else. */
class LogTest {
    @RegisterExtension
    final SuperServer server = SuperServer.over("life").startedByTest();

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void aFileIsAddedToAndMayBeRotatedAway() throws IOException {
        Path log = Files.writeString(server.file("log"), "from an earlier life\n");
        server.with("--log", "file:" + log).start();
        assertThat(text(log)).startsWith("from an earlier life\n").contains(" INFO echo.socket: listening on ");

        Path rotated = Files.move(log, server.file("log.1"));
        server.signal("HUP");
        eventually("a new file is there", () -> text(log).contains(" INFO reading the unit files again: SIGHUP"));
        assertThat(LineClient.ask(server.port("echo"), "still here")).isEqualTo("still here");
        server.awaitIdle("echo.socket");
        assertThat(server.stop()).isZero();

        assertThat(text(log)).contains("stopping on SIGTERM");
        assertThat(text(rotated)).doesNotContain("SIGHUP");
    }

    @Test
    void whereItCannotGoNothingStarts() {
        List<String> command = server.runCommand();
        Outcome refused = Command.of(command.get(0))
                .and(command.subList(1, command.size()))
                .and(List.of("--log", "file:" + server.file("missing/log")))
                .run();
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .contains("cannot start: --log: the log file " + server.file("missing/log") + " cannot be written to");

        Outcome mistyped = Command.of(command.get(0))
                .and(command.subList(1, command.size()))
                .and(List.of("--log", "stdout"))
                .run();
        assertThat(mistyped.exitCode()).isEqualTo(2);
        assertThat(mistyped.err()).contains("--log 'stdout' is neither stderr, file:PATH, syslog nor journal.");
    }
}
