package dev.activator.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A small HTTP service as a Java program can be written for socket activation: it makes no socket, but takes the listening one that it
 * was started with as its standard input ({@link System#inheritedChannel}, {@code StandardInput=socket}). One thread a connection.
 */
public final class HttpService {
    private final String name;
    private final AtomicLong answers = new AtomicLong();

    private HttpService(String name) {
        this.name = name;
    }

    /**
     * Serves the inherited socket until the process is told to end.
     *
     * @param args the name to answer with
     */
    public static void main(String[] args) throws IOException {
        Channel inherited = System.inheritedChannel();
        if (args.length != 1 || !(inherited instanceof ServerSocketChannel listener)) {
            System.err.println("HttpService: needs one argument, a name, and a listening socket as standard input");
            System.exit(1);
            return;
        }
        new HttpService(args[0]).serve(listener.socket());
    }

    private void serve(ServerSocket listener) throws IOException {
        while (true) {
            new Conversation(this, listener.accept()).start();
        }
    }

    /** Text by StringBuilder: the first use of + on strings costs a starting JVM 20 ms. */
    @SuppressWarnings("UnnecessaryStringBuilder")
    private byte[] answer() {
        StringBuilder body = new StringBuilder("Hello from ")
                .append(name)
                .append(", a JVM with pid ")
                .append(ProcessHandle.current().pid())
                .append("; this is its answer number ")
                .append(answers.incrementAndGet())
                .append('\n');
        return new StringBuilder("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ")
                .append(body.length())
                .append("\r\n\r\n")
                .append(body)
                .toString()
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** One connection; answers each request alike until the client is gone. */
    private static final class Conversation extends Thread {
        private final HttpService service;
        private final Socket client;

        Conversation(HttpService service, Socket client) {
            this.service = service;
            this.client = client;
        }

        @Override
        public void run() {
            try (client;
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                    OutputStream out = client.getOutputStream()) {
                while (readRequest(in)) {
                    out.write(service.answer());
                }
            } catch (IOException gone) {
                System.err.println("HttpService: a client went away: ".concat(String.valueOf(gone.getMessage())));
            }
        }

        /** Reads up to the empty line after the headers; bodies are not known here. @return false at the end */
        private static boolean readRequest(BufferedReader in) throws IOException {
            String line = in.readLine();
            while (line != null && !line.isEmpty()) {
                line = in.readLine();
            }
            return line != null;
        }
    }
}
