package dev.activator.experiment;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** Where clients reach a service; {@code toString} is what {@code ListenStream=} takes. */
public sealed interface Endpoint {
    SocketAddress address();

    /** A port on 127.0.0.1. */
    record Loopback(int port) implements Endpoint {
        @Override
        public SocketAddress address() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        }

        @Override
        public String toString() {
            return "127.0.0.1:" + port;
        }
    }

    /** A Unix socket in the file system. */
    record File(Path path) implements Endpoint {
        @Override
        public SocketAddress address() {
            return UnixDomainSocketAddress.of(path);
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }
}
