package dev.activator.it.promises;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.LineClient;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that connects and leaves, resets, or never says a word harms nobody. */
class RudeClientsTest {

    private static final int CLIENTS = 30;

    @RegisterExtension
    static final SuperServer SERVER = SuperServer.over("rude");

    @Test
    void clientsThatLeaveAtOnceLeaveNoProcessBehind() throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            LineClient.tcp(SERVER.port("accepting")).close();
        }
        theAcceptingServiceStillAnswers();
    }

    @Test
    void clientsThatResetBeforeTheyAreAcceptedAreForgotten() throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            LineClient.tcp(SERVER.port("accepting")).reset();
        }
        theAcceptingServiceStillAnswers();
    }

    @Test
    void clientsThatNeverSayAWordHoldUpNobody() throws IOException {
        List<LineClient> silent = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                silent.add(LineClient.tcp(SERVER.port("accepting")));
            }
            assertThat(LineClient.ask(SERVER.port("accepting"), "hello")).isEqualTo("hello");
        } finally {
            for (LineClient client : silent) {
                client.close();
            }
        }
        theAcceptingServiceStillAnswers();
    }

    @Test
    void aResetThatWakesAServiceWhichThenFindsNobodyLeavesItUsable() throws IOException {
        LineClient.tcp(SERVER.port("waiting")).reset();
        assertThat(LineClient.greeting(SERVER.port("waiting"))).startsWith("hello ");
    }

    @Test
    void aServiceThatNeverAcceptsIsSlowedDownAndTheOthersRun() throws IOException {
        LineClient patient = LineClient.tcp(SERVER.port("deaf"));
        try {
            SERVER.log().await("deaf.socket");
            theAcceptingServiceStillAnswers();
            long before = SERVER.status("deaf.socket").at("/socket/activations").asLong();
            for (int i = 0; i < 20; i++) {
                theAcceptingServiceStillAnswers();
            }
            long during = SERVER.status("deaf.socket").at("/socket/activations").asLong() - before;
            assertThat(during).as("activations while the others were served").isLessThan(500);
        } finally {
            patient.close();
        }
    }

    private static void theAcceptingServiceStillAnswers() throws IOException {
        assertThat(LineClient.ask(SERVER.port("accepting"), "polite")).isEqualTo("polite");
        SERVER.awaitIdle("accepting.socket");
    }
}
