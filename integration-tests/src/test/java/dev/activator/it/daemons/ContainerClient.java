package dev.activator.it.daemons;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * Starts a container with Testcontainers and prints what a command inside of it says. A program of its own, since
 * Testcontainers takes the engine's address from the environment.
 */
final class ContainerClient {

    private ContainerClient() {}

    /** Argument: the image, which the engine has. */
    public static void main(String[] arguments) throws Exception {
        try (GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(arguments[0]))
                .withImagePullPolicy(image -> false)
                .withNetworkMode("none")
                .withCommand("sh", "-c", "echo up; exec busybox sleep 60")
                .waitingFor(Wait.forLogMessage("up\\s*", 1))) {
            container.start();
            System.out.print(
                    container.execInContainer("busybox", "echo", "inside").getStdout());
        }
    }
}
