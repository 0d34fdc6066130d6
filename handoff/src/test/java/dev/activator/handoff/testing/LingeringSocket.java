package dev.activator.handoff.testing;

import dev.activator.listener.OwnedFd;
import dev.activator.listener.kernel.LibC;
import dev.activator.listener.kernel.NativeMemory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A TCP connection whose last close(2) takes a minute: its peer reads nothing, its buffers are full, and SO_LINGER has it wait for that. */
public final class LingeringSocket implements AutoCloseable {
    private static final int AF_INET = 2;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_CLOEXEC = 02000000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_LINGER = 13;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int SECONDS = 60;

    private final ServerSocket server;
    private final Socket peer;
    private final OwnedFd fd;

    public LingeringSocket() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        int number = LibC.socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        fd = OwnedFd.adopt(number, "socket that lingers");
        int port = server.getLocalPort();
        byte[] address = {AF_INET, 0, (byte) (port >> 8), (byte) port, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
        if (LibC.connect(number, NativeMemory.ofBytes(address), address.length) != 0) {
            throw new IOException("connect: errno " + LibC.errno());
        }
        peer = server.accept();
        NativeMemory linger = NativeMemory.allocate(8).putInt(0, 1).putInt(4, SECONDS);
        LibC.setsockopt(number, SOL_SOCKET, SO_LINGER, linger, 8);
        NativeMemory bytes = NativeMemory.allocate(64 * 1024);
        while (LibC.send(number, bytes, bytes.size(), MSG_DONTWAIT) > 0) {
            continue;
        }
    }

    /** The sender's own, which another descriptor may share. */
    public OwnedFd fd() {
        return fd;
    }

    /** The peer goes, and so nothing waits for it any more. */
    @Override
    public void close() throws IOException {
        peer.setSoLinger(true, 0);
        peer.close();
        server.close();
        fd.close();
    }
}
