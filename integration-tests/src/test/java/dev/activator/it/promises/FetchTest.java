package dev.activator.it.promises;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.Command;
import dev.activator.it.rig.NeedsRoot;
import dev.activator.it.rig.Outcome;
import dev.activator.it.rig.Programs;
import dev.activator.it.rig.SuperServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Programs that ask for sockets by name while they run, as another user. */
@NeedsRoot
class FetchTest {
    private static final String PROGRAM = """
            import socket, sys
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            connection.connect(sys.argv[1])
            connection.send(sys.argv[2].encode())
            text, fds, _, _ = socket.recv_fds(connection, 1000, 10)
            print(text.decode().strip(), len(fds), *[socket.socket(fileno=fd).getsockname()[1] for fd in fds])
            """;

    @RegisterExtension
    final SuperServer server = SuperServer.over("fetched");

    private String fetchAsNobody(String unit) {
        Outcome outcome = Command.of(
                        Programs.path("setpriv").toString(),
                        "--reuid=nobody",
                        "--regid=nogroup",
                        "--clear-groups",
                        Programs.path("python3").toString(),
                        "-c",
                        PROGRAM,
                        server.scenario().runtime().resolve("fetch.sock").toString(),
                        unit)
                .run()
                .succeeded();
        return outcome.out().strip();
    }

    @Test
    void theUserOfTheServiceGetsItsSocketsAndAnotherIsRefusedAndToldWhy() {
        assertThat(fetchAsNobody("theirs.socket")).isEqualTo("OK theirs 1 " + server.port("theirs"));
        for (int i = 0; i < 2; i++) {
            assertThat(fetchAsNobody("roots.service"))
                    .startsWith(
                            "ERROR uid 65534 may not fetch the sockets of roots.service: roots.service runs as uid 0")
                    .endsWith(" 0");
        }
        String log = server.log().text();
        assertThat(log.split("refused its sockets", -1)).as("said once").hasSize(2);
    }
}
