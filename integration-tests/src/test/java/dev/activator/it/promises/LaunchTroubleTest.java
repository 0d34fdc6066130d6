package dev.activator.it.promises;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.Crowd;
import dev.activator.it.rig.LineClient;
import dev.activator.it.rig.NeedsRoot;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service that cannot start says at which stage it failed; its listener stays open and the others run. */
class LaunchTroubleTest {

    @RegisterExtension
    static final SuperServer SERVER = SuperServer.over("launch");

    @AfterEach
    void theOtherUnitWorks() throws IOException {
        assertThat(LineClient.ask(SERVER.port("good"), "unharmed")).isEqualTo("unharmed");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "missing, /no/such/program, exit-code",
        "homeless, /no/such/directory, exit-code",
        "notfound, 127, exit-code",
        "notready, TimeoutStartSec=, timeout",
    })
    void theStageIsNamedAndTheListenerStays(String unit, String named, String result) throws IOException {
        failToStart(unit, named, result);
    }

    @Test
    @NeedsRoot
    void anUnknownUserIsNamedAndTheListenerStays() throws IOException {
        failToStart("stranger", "nobody-has-this-name", "exit-code");
    }

    @Test
    void aConnectionWhoseServiceCannotStartIsClosedAndNamed() throws IOException {
        int mark = SERVER.log().size();
        assertThat(LineClient.greeting(SERVER.port("connection"))).isEmpty();
        SERVER.log().awaitAfter(mark, "/no/such/program");
    }

    private static void failToStart(String unit, String named, String result) throws IOException {
        int mark = SERVER.log().size();
        Crowd client = Crowd.connecting(1, SERVER.port(unit)).awaitConnected();
        try {
            assertThat(SERVER.log().awaitAfter(mark, named)).contains(unit + ".service");
            assertThat(SERVER.status(unit + ".service").at("/state/result").asText())
                    .isEqualTo(result);
            Crowd.connecting(1, SERVER.port(unit)).awaitConnected().close();
        } finally {
            client.close();
        }
    }
}
