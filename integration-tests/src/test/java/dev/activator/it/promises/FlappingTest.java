package dev.activator.it.promises;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.Crowd;
import dev.activator.it.rig.NeedsProgram;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A service that goes to sleep whenever nobody is there for a hundredth of a second: whenever a client comes, it is served. */
@NeedsProgram("perl")
class FlappingTest {
    private static final int MANY = 200_000;
    private static final int SOME = 5_000;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    final SuperServer server = SuperServer.over("flapping");

    private final Random random = new Random(1);
    private final Set<String> servedBy = new HashSet<>();

    @Test
    void nobodyIsLostWhileItIsStoppedAndStartedHundredsOfTimes() throws IOException {
        int rounds = serve("stopping", MANY, 800);
        assertThat(servedBy).as("processes that served in %d rounds", rounds).hasSizeGreaterThan(200);
    }

    @Test
    void nobodyIsLostWhileItIsFrozenAndThawedHundredsOfTimes() throws IOException {
        serve("freezing", MANY, 800);
        assertThat(servedBy).as("processes that served").hasSize(1);
        assertThat(server.status("freezing.socket").at("/socket/activations").asInt())
                .as("times that it was woken")
                .isGreaterThan(200);
    }

    @Test
    void nobodyIsLostByAServiceThatCatchesTheSignal() throws IOException {
        serve("graceful", SOME, 50);
        assertThat(servedBy).as("processes that served").hasSizeGreaterThan(10);
    }

    /** Crowds of clients one after the other, each some moment after the one before: in whatever the service is doing then. */
    private int serve(String unit, int clients, int rounds) throws IOException {
        int served = 0;
        int round = 0;
        for (; served < clients; round++) {
            pause(random.nextInt(60_000));
            int size = Math.min(clients - served, random.nextInt(2 * clients / rounds) + 1);
            try (Crowd crowd = Crowd.connecting(size, server.port(unit))) {
                crowd.awaitAnswers(LIMIT);
                assertThat(crowd.failures())
                        .as("refused or cut off in round %d", round)
                        .isEmpty();
                assertThat(crowd.answers()).hasSize(size).allMatch(answer -> answer.startsWith("served "));
                servedBy.addAll(crowd.answers());
            }
            served += size;
        }
        assertThat(Files.size(server.file(unit + ".served")))
                .as("clients by the service's own count")
                .isEqualTo(clients);
        return round;
    }

    /** Lets the clients come at no moment that has to do with what the service does. */
    private static void pause(int micros) {
        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(micros, TimeUnit.MICROSECONDS))
                .join();
    }
}
