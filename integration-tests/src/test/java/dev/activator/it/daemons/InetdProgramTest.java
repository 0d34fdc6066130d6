package dev.activator.it.daemons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.LineClient;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Programs that know nothing of sockets: the connection is their standard input and output. */
class InetdProgramTest {

    @RegisterExtension
    static final SuperServer SERVER = SuperServer.over("inetd");

    @Test
    void catEchoesWhatEachOfTwoClientsOfTheSameTimeSays() throws IOException {
        try (LineClient one = LineClient.tcp(SERVER.port("echo"));
                LineClient two = LineClient.tcp(SERVER.port("echo"))) {
            one.send("one");
            two.send("two");
            one.finish();
            two.finish();
            assertThat(two.readAll()).isEqualTo("two");
            assertThat(one.readAll()).isEqualTo("one");
        }
    }

    @Test
    void catEchoesOverAUnixSocket() throws IOException {
        try (LineClient client = LineClient.unix(SERVER.file("echo.sock"))) {
            client.send("through a file");
            client.finish();
            assertThat(client.readAll()).isEqualTo("through a file");
        }
    }

    @Test
    void theProgramIsToldItsPeerAndItsDiagnosticsDoNotReachTheClient() throws IOException {
        try (LineClient client = LineClient.tcp(SERVER.port("peer"))) {
            assertThat(client.readAll()).isEqualTo("127.0.0.1 " + client.localPort());
        }
        SERVER.awaitServiceOutput("peer@", "diagnostics");
    }
}
