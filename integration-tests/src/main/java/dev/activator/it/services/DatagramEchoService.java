package dev.activator.it.services;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A UDP service in wait style: sends every datagram back to where it came from. */
public final class DatagramEchoService {

    private static final int LARGEST_DATAGRAM = 65_536;

    private DatagramEchoService() {}

    /** Takes the datagram socket from standard input and runs until it is stopped. */
    public static void main(String[] arguments) throws IOException {
        DatagramChannel channel = (DatagramChannel) System.inheritedChannel();
        if (channel == null) {
            throw new IllegalStateException("standard input is no datagram socket");
        }
        ByteBuffer buffer = ByteBuffer.allocate(LARGEST_DATAGRAM);
        while (true) {
            SocketAddress sender = channel.receive(buffer.clear());
            channel.send(buffer.flip(), sender);
        }
    }
}
