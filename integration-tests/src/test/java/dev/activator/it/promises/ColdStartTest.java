package dev.activator.it.promises;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.Crowd;
import dev.activator.it.rig.ProcFs;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nobody is refused while a service starts. */
class ColdStartTest {

    private static final int CLIENTS = 1_000;

    @RegisterExtension
    final SuperServer server = SuperServer.over("cold");

    @Test
    void aThousandClientsOfAColdServiceAreAllAnsweredByOneInstance() throws IOException {
        try (Crowd crowd = Crowd.connecting(CLIENTS, server.port("greeting"))) {
            crowd.awaitAnswers(Duration.ofSeconds(30));
            assertThat(crowd.failures()).isEmpty();
            String suffix = " from " + server.mainPid("greeting.service");
            assertThat(crowd.answers())
                    .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, CLIENTS)
                            .mapToObj(number -> "hello " + number + suffix)
                            .toList());
        }
        assertThat(server.status("greeting.socket").at("/socket/activations").asInt())
                .isEqualTo(1);
    }

    @Test
    void theBacklogThatTheKernelGrantsIsShown() {
        assertThat(server.status("greeting.socket")
                        .at("/socket/listeners/0/effectiveBacklog")
                        .asInt())
                .isEqualTo(Math.min(4_096, ProcFs.somaxconn()));
    }
}
