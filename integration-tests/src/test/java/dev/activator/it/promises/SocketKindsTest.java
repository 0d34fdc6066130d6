package dev.activator.it.promises;

import static dev.activator.it.rig.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.activator.it.rig.Command;
import dev.activator.it.rig.NeedsProgram;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of listener wakes its service with what the client sent. */
@NeedsProgram("socat")
class SocketKindsTest {

    @RegisterExtension
    static final SuperServer SERVER = SuperServer.over("kinds");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "stream, UNIX-CONNECT:%s/stream.sock, Stream",
        "seqpacket, 'UNIX-CONNECT:%s/seqpacket.sock,type=5', SequentialPacket",
        "abstract, ABSTRACT-CONNECT:%s/abstract, Stream",
        "datagram, UNIX-SENDTO:%s/datagram.sock, Datagram",
        "fifo, OPEN:%s/deep/er/fifo, FIFO",
        "six, TCP6:[::1]:PORT, Stream",
    })
    void theServiceReadsWhatTheClientSent(String unit, String address, String type) {
        for (String message : new String[] {"first\n", "second\n"}) {
            Command.of("socat", "-u", "-", address.formatted(SERVER.file("")).replace("PORT", "" + SERVER.port("six")))
                    .run(message)
                    .succeeded();
            eventually(unit + " got " + message.strip(), () -> got(unit).equals(message));
        }
        JsonNode listener = SERVER.status(unit + ".socket").at("/socket/listeners/0");
        assertThat(listener.path("type").asText()).isEqualTo(type);
        assertThat(listener.path("open").asBoolean()).isTrue();
    }

    @Test
    void filesAndDirectoriesHaveTheModesThatWereAskedFor() throws IOException {
        assertThat(mode("stream.sock")).isEqualTo("rw-r-----");
        assertThat(mode("datagram.sock")).isEqualTo("rw-rw-rw-");
        assertThat(mode("deep/er/fifo")).isEqualTo("rw--w----");
        assertThat(mode("deep/er")).isEqualTo("rwxr-x---");
    }

    private static String mode(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(SERVER.file(name)));
    }

    private static String got(String unit) {
        Path file = SERVER.file(unit + ".got");
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
