package dev.activator.it.daemons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.Command;
import dev.activator.it.rig.NeedsProgram;
import dev.activator.it.rig.NeedsRoot;
import dev.activator.it.rig.Outcome;
import dev.activator.it.rig.ProcFs;
import dev.activator.it.rig.Programs;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A container engine that runs only while somebody uses it: {@code podman system service} takes its API socket from us and
 * ends after three quiet seconds. In a network and with mounts of its own, so that the machine's stay untouched.
 */
@NeedsRoot
@NeedsProgram({"podman", "runc", "busybox", "unshare"})
class PodmanTest {

    private static final String IMAGE = "localhost/bb:1";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    final SuperServer server = SuperServer.over("podman").through("/usr/bin/unshare", "--net", "--mount", "--");

    @BeforeEach
    void buildTheImageWithTheFirstCall() throws IOException {
        Path image = server.file("image");
        Files.copy(Programs.path("busybox"), image.resolve("busybox"));
        podman("build", "-q", "-t", IMAGE, image.toString()).succeeded();
        assertThat(server.state("podman.service")).isEqualTo("active (running)");
    }

    @Test
    void theCommandLineRunsAContainerThroughTheEngineThatItWoke() {
        assertThat(run("first")).isEqualTo("first\n");
        server.awaitState("podman.service", "inactive", "dead");
        assertThat(run("woken again")).isEqualTo("woken again\n");
        assertThat(server.status("podman.socket").at("/socket/activations").asInt())
                .isEqualTo(2);
    }

    @Test
    void testcontainersWakesTheEngineWithItsFirstCall() {
        server.awaitState("podman.service", "inactive", "dead");
        Outcome outcome = Command.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .and(List.of("-cp", System.getProperty("java.class.path"), ContainerClient.class.getName(), IMAGE))
                .environment("DOCKER_HOST", "unix://" + server.file("podman.sock"))
                .environment("TESTCONTAINERS_RYUK_DISABLED", "true")
                .environment("TESTCONTAINERS_CHECKS_DISABLE", "true")
                .environment("TESTCONTAINERS_HOST_OVERRIDE", "localhost")
                .environment("TESTCONTAINERS_TINYIMAGE_CONTAINER_IMAGE", IMAGE)
                .environment("TESTCONTAINERS_PULL_TIMEOUT", "5")
                .within(LIMIT)
                .run();
        assertThat(outcome.succeeded().out()).endsWith("inside\n");
    }

    /** podman leaves a watcher for five minutes after an exec, and KillMode=process means that nobody else ends it. */
    @AfterEach
    void endWhatPodmanLeaves() {
        ProcFs.end("conmon", server.file("").toString());
    }

    private String run(String words) {
        return podman("run", "--rm", "--network=none", IMAGE, "/bin/busybox", "echo", words)
                .succeeded()
                .out();
    }

    private Outcome podman(String... arguments) {
        return Command.of("podman", "--url", "unix://" + server.file("podman.sock"))
                .and(List.of(arguments))
                .environment("CONTAINERS_CONF", server.file("containers.conf").toString())
                .environment(
                        "CONTAINERS_STORAGE_CONF", server.file("storage.conf").toString())
                .within(LIMIT)
                .run();
    }
}
