import dev.activator.service.HandoffSocket;
import dev.activator.service.ListenFds;
import dev.activator.service.PassedConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Answers each client with two bytes and hangs up: those it accepts by itself, or those that it is passed. */
public final class Accepting {
    private static final byte[] ANSWER = "ok".getBytes(StandardCharsets.US_ASCII);

    private Accepting() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("accept")) {
            accept();
        } else {
            take();
        }
    }

    private static void accept() throws IOException {
        try (ServerSocketChannel listener = ListenFds.inherited().all().get(0).serverSocketChannel()) {
            while (true) {
                answer(listener.accept());
            }
        }
    }

    private static void take() throws IOException {
        HandoffSocket handoff = HandoffSocket.require();
        for (PassedConnection next = handoff.receive(); next != null; next = handoff.receive()) {
            answer(next.channel());
            next.ended();
        }
    }

    private static void answer(SocketChannel client) {
        try (client) {
            client.write(ByteBuffer.wrap(ANSWER));
        } catch (IOException gone) {
            // The next one is served.
        }
    }
}
