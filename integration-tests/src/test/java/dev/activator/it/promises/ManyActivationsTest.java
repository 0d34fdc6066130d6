package dev.activator.it.promises;

import static dev.activator.it.rig.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.JavaHeap;
import dev.activator.it.rig.LineClient;
import dev.activator.it.rig.ProcFs;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one activation leaves behind shows after ten thousand. */
class ManyActivationsTest {

    private static final int ACTIVATIONS = 10_000;
    private static final int WARM_UP = 500;
    private static final long ALLOWED_GROWTH_KIB = 512;

    @RegisterExtension
    final SuperServer server = SuperServer.over("many");

    @Test
    void tenThousandActivationsLeaveNoDescriptorNoZombieAndNoHeap() throws IOException {
        activate(WARM_UP);
        server.awaitIdle("quick.socket");
        long heap = JavaHeap.afterGcKib(server.pid());
        // Counted after jcmd, for which the JVM opens a socket that stays.
        server.expectSocketsAsNow();
        int fds = ProcFs.fds(server.pid()).size();

        long began = System.nanoTime();
        activate(ACTIVATIONS);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        server.awaitIdle("quick.socket");

        eventually(
                "no more than " + fds + " descriptors",
                () -> ProcFs.fds(server.pid()).size() <= fds);
        assertThat(ProcFs.zombies(server.pid())).isEmpty();
        assertThat(JavaHeap.afterGcKib(server.pid())).as("KiB").isLessThanOrEqualTo(heap + ALLOWED_GROWTH_KIB);
        assertThat(server.status("quick.socket").at("/socket/accepted").asInt()).isEqualTo(WARM_UP + ACTIVATIONS);
        System.out.println(ACTIVATIONS + " activations in " + took.toMillis() + " ms, heap after GC " + heap + " -> "
                + JavaHeap.afterGcKib(server.pid()) + " KiB");
    }

    private void activate(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            assertThat(LineClient.greeting(server.port("quick"))).isEmpty();
        }
    }
}
