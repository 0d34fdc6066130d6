package dev.activator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.handoff.Accounts;
import dev.activator.handoff.FetchSocket.Answer;
import dev.activator.listener.PeerCredentials;
import dev.activator.listener.testing.FdLeakCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Programs that ask for sockets while they run. */
@ExtendWith(FdLeakCheck.class)
class FetchingTest {
    private static final PeerCredentials ROOT = new PeerCredentials(4711, 0, 0, Set.of());
    private static final PeerCredentials STRANGER = new PeerCredentials(4712, 54321, 54321, Set.of());

    @TempDir
    private Path directory;

    private Rig rig;
    private Fetching fetching;

    @BeforeEach
    void open() throws IOException {
        rig = new Rig(directory);
        Accounts accounts = new Accounts();
        fetching = new Fetching(
                rig.units(),
                new Identities(accounts, OwnAccount.read(accounts)),
                OwnAccount.read(accounts),
                rig.events());
        rig.unit(
                        "web.socket",
                        "[Socket]\nListenStream=PORT\nListenStream=" + directory.resolve("s")
                                + "\nFileDescriptorName=web\n")
                .unit("web.service", "[Service]\nExecStart=/bin/true\n")
                .load();
    }

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @Test
    void theSocketsOfAUnitAreFoundByItsNameOrItsServices() {
        for (String name : new String[] {"web.socket", "web.service"}) {
            Answer answer = fetching.answer(name, ROOT);
            assertThat(answer.text()).isEqualTo("OK web:web\n");
            assertThat(answer.fds())
                    .isEqualTo(rig.socket("web.socket").listeners().stream()
                            .map(listener -> listener.fd())
                            .toList());
        }
    }

    @Test
    void aUserOtherThanTheServicesIsRefusedAndThatIsSaidOnce() {
        for (int i = 0; i < 3; i++) {
            Answer answer = fetching.answer("web.socket", STRANGER);
            assertThat(answer.text())
                    .startsWith("ERROR uid 54321 may not fetch the sockets of web.socket: web.service runs as uid ");
            assertThat(answer.fds()).isEmpty();
        }
        assertThat(rig.events().count("refused its sockets to pid 4712")).isOne();
    }

    @Test
    void aNameThatIsNoneIsAnsweredWithWhatOneLooksLike() {
        assertThat(fetching.answer("web", ROOT).text())
                .contains("'web' is no name of a socket or a service, such as web.socket");
        assertThat(fetching.answer("a\nb", ROOT).text()).contains("'a?b'");
        assertThat(fetching.answer("nobody.socket", ROOT).text()).contains("no such unit as nobody.socket is loaded");
    }

    @Test
    void whatIsNotListeningHasNoSockets() {
        rig.socket("web.socket").stop("test");
        assertThat(fetching.answer("web.socket", ROOT).text()).contains("web.socket has 0 sockets");
    }
}
