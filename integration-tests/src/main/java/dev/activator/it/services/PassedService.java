package dev.activator.it.services;

import dev.activator.service.HandoffSocket;
import dev.activator.service.PassedConnection;
import dev.activator.service.SdNotify;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A service that connections are passed to ({@code Handoff=pass}). It reads a line of each client, answers
 * {@code LINE from PID to CLIENT at UNIT} and waits until the client hangs up. Argument: a file whose existence has the process remove it,
 * take the first connection and nothing more.
 */
public final class PassedService {
    private PassedService() {}

    /** See the class. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        HandoffSocket handoff = HandoffSocket.require();
        boolean isStuck = arguments.length > 0 && Files.deleteIfExists(Path.of(arguments[0]));
        SdNotify.ofEnvironment().ready();
        ExecutorService serving = Executors.newCachedThreadPool();
        for (PassedConnection next = handoff.receive(); next != null; next = handoff.receive()) {
            PassedConnection connection = next;
            serving.execute(() -> serve(connection));
            if (isStuck) {
                TimeUnit.DAYS.sleep(1);
            }
        }
        serving.shutdown();
    }

    private static void serve(PassedConnection connection) {
        try (SocketChannel client = connection.channel()) {
            String line = readLine(client);
            String answer = line + " from " + ProcessHandle.current().pid() + " to " + client.getRemoteAddress()
                    + " at " + connection.unit() + "\n";
            client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
            client.shutdownOutput();
            readLine(client);
        } catch (IOException gone) {
            System.err.println("client gone: " + gone.getMessage());
        } finally {
            connection.ended();
        }
    }

    private static @Nullable String readLine(SocketChannel client) throws IOException {
        StringBuilder line = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (client.read(one.clear()) == 1) {
            if (one.get(0) == '\n') {
                return line.toString();
            }
            line.append((char) one.get(0));
        }
        return null;
    }
}
