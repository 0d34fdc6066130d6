package dev.activator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.activator.control.ActiveState;
import dev.activator.control.UnitOutcome;
import dev.activator.control.Verb;
import dev.activator.control.testing.ControlRig;
import dev.activator.control.testing.Samples;
import dev.activator.listener.testing.FdLeakCheck;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FdLeakCheck.class)
@Timeout(60)
final class ControlClientTest {
    @TempDir
    private Path directory;

    @Test
    void everythingThatTheServerShowsArrivesUnchanged() throws IOException {
        try (ControlRig rig = ControlRig.open(directory)) {
            rig.operations()
                    .with(
                            Samples.webSocket(),
                            Samples.webService(),
                            Samples.crashingService(),
                            Samples.sleepingService());
            ControlClient client = new ControlClient(rig.socket());
            assertThat(client.server()).isEqualTo(Samples.server());
            assertThat(client.units()).isEqualTo(rig.operations().units());
            assertThat(client.unit("web.socket")).contains(Samples.webSocket());
            assertThat(client.unit("nothing.socket")).isEmpty();
        }
    }

    @Test
    void namesWithStrangeLettersArriveUnchanged() throws IOException {
        String name = "a@0-[::1]:80\\x2d+%2F é.service";
        try (ControlRig rig = ControlRig.open(directory)) {
            ControlClient client = new ControlClient(rig.socket());
            rig.operations().with(Samples.plain(name, "service", "", ActiveState.ACTIVE, "running", null));
            assertThat(client.unit(name)).isPresent();
            assertThat(client.request(Verb.STOP, List.of(name), Map.of()).units())
                    .containsExactly(UnitOutcome.done(name));
        }
    }

    @Test
    void thousandsOfUnitsFitIntoOneAnswer() throws IOException {
        try (ControlRig rig = ControlRig.open(directory)) {
            for (int i = 0; i < 3000; i++) {
                rig.operations()
                        .with(Samples.plain(
                                "u" + i + ".service", "service", "Unit", ActiveState.INACTIVE, "dead", null));
            }
            assertThat(new ControlClient(rig.socket()).units()).hasSize(3000);
        }
    }

    @Test
    void noSuperServerIsSaidWithTheSocketAndWhatToDo() throws IOException {
        Path socket = directory.resolve("control.sock");
        assertThatThrownBy(() -> new ControlClient(socket).server())
                .isInstanceOf(Failure.class)
                .hasMessage(
                        "No super-server is running: '" + socket + "' does not exist.\n"
                                + "Start one with 'activator run --units DIR', or say where it runs with --runtime DIR or ACTIVATOR_RUNTIME=DIR.");
        try (ServerSocketChannel crashed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            crashed.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThatThrownBy(() -> new ControlClient(socket).server())
                .hasMessageContaining("nobody listens on '" + socket + "' any more");
    }

    @Test
    void somethingElseOnTheSocketIsSaid() throws Exception {
        Path socket = directory.resolve("control.sock");
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(socket));
            Thread talker = new Thread(() -> {
                try (java.nio.channels.SocketChannel client = other.accept()) {
                    client.write(java.nio.ByteBuffer.wrap(
                            "220 mail.example.org ESMTP\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
                } catch (IOException closed) {
                    throw new java.io.UncheckedIOException(closed);
                }
            });
            talker.start();
            assertThatThrownBy(() -> new ControlClient(socket).server())
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("Cannot ask the super-server on '" + socket + "'");
            talker.join();
        }
    }
}
