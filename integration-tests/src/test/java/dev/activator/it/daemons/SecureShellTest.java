package dev.activator.it.daemons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.Command;
import dev.activator.it.rig.NeedsProgram;
import dev.activator.it.rig.Outcome;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code sshd -i}, one process per connection, and a real login with a key. */
@NeedsProgram({"sshd", "ssh", "ssh-keygen"})
class SecureShellTest {

    @RegisterExtension
    final SuperServer server = SuperServer.over("sshd");

    @BeforeEach
    void makeKeys() throws IOException {
        for (String key : List.of("host_key", "user_key")) {
            Command.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path(key))
                    .run()
                    .succeeded();
        }
        Files.copy(server.file("user_key.pub"), server.file("authorized_keys"));
        if (System.getProperty("user.name").equals("root")) {
            // sshd run by root wants it, and only Debian's own ssh.service would create it.
            Files.createDirectories(Path.of("/run/sshd"));
        }
    }

    @Test
    void aLoginWithAKeyRunsACommandOnTheFirstConnectionAndOnTheNext() {
        Outcome first = login("echo first; exit 7");
        assertThat(first.exitCode()).as(first.text()).isEqualTo(7);
        assertThat(first.out()).isEqualTo("first\n");

        assertThat(login("cat").succeeded().out()).isEqualTo("typed by the user");
        assertThat(server.status("ssh.socket").at("/socket/accepted").asInt()).isEqualTo(2);
        server.awaitIdle("ssh.socket");
        assertThat(ProcessHandle.of(server.pid()).orElseThrow().descendants())
                .as("asleep: no process is left")
                .isEmpty();
    }

    @Test
    void theSessionKnowsItsRealPeer() {
        String connection = login("echo $SSH_CONNECTION").succeeded().out();
        assertThat(connection)
                .as("SSH_CONNECTION, which sshd reads from the socket")
                .matches("127\\.0\\.0\\.1 \\d+ 127\\.0\\.0\\.1 " + server.port("ssh") + "\n");
    }

    private Outcome login(String command) {
        return Command.of("ssh", "-F", "none", "-i", path("user_key"), "-p", Integer.toString(server.port("ssh")))
                .and(List.of("-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes", "-o", "LogLevel=ERROR"))
                .and(List.of("-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"))
                .and(List.of(System.getProperty("user.name") + "@127.0.0.1", command))
                .run("typed by the user");
    }

    private String path(String name) {
        return server.file(name).toString();
    }
}
