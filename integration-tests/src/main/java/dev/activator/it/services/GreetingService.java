package dev.activator.it.services;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A service in wait style: takes the listening socket from its standard input ({@code StandardInput=socket}), greets
 * every client with {@code hello N from PID}, N counting from 1, and hangs up. Arguments: the path of a FIFO that it
 * waits for (until somebody writes to it or opens and closes it for writing) before the first accept; none to accept at once. A
 * second argument is the number of clients after which it exits.
 */
public final class GreetingService {

    private GreetingService() {}

    /** See the class. */
    public static void main(String[] arguments) throws IOException {
        ServerSocketChannel listener = (ServerSocketChannel) System.inheritedChannel();
        if (listener == null) {
            throw new IllegalStateException("standard input is no listening socket");
        }
        if (arguments.length > 0 && !arguments[0].isEmpty()) {
            Files.readAllBytes(Path.of(arguments[0]));
        }
        long last = arguments.length > 1 ? Long.parseLong(arguments[1]) : Long.MAX_VALUE;
        for (long number = 1; number <= last; number++) {
            greet(
                    listener.accept(),
                    "hello " + number + " from " + ProcessHandle.current().pid() + "\n");
        }
    }

    private static void greet(SocketChannel accepted, String greeting) {
        try (SocketChannel client = accepted) {
            client.write(ByteBuffer.wrap(greeting.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException gone) {
            // One client that left before its greeting is no reason to end.
            System.err.println("client gone: " + gone.getMessage());
        }
    }
}
