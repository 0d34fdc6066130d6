package dev.activator.examples;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** What all examples answer. */
final class Greeting {
    private Greeting() {}

    /** Who answers, where the client came in, and who it is. */
    static String text(String server, String listener, @Nullable SocketAddress client) {
        String who = client instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : "a stranger";
        return "hello from " + server + " at '" + listener + "', pid "
                + ProcessHandle.current().pid() + ", to " + who + "\n";
    }
}
