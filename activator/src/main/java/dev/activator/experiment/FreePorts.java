package dev.activator.experiment;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds TCP ports of 127.0.0.1 that nobody uses. They lie below those that the kernel gives to clients (from 32768 on), so that no
 * connection can take one before the super-server binds it.
 */
public final class FreePorts {
    private static final int FIRST = 20_001;
    private static final int LAST = 32_000;

    private FreePorts() {}

    /** The first so many free ports, in order. */
    public static List<Integer> find(int count) throws IOException {
        List<Integer> ports = new ArrayList<>();
        for (int port = FIRST; port <= LAST && ports.size() < count; port++) {
            if (isFree(port)) {
                ports.add(port);
            }
        }
        if (ports.size() < count) {
            throw new IOException("only " + ports.size() + " of " + count + " TCP ports are free on 127.0.0.1 between "
                    + FIRST + " and " + LAST);
        }
        return ports;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
