package dev.activator.service;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import org.jspecify.annotations.Nullable;

/**
 * Makes a JDK channel of a connection that another process has accepted. The JDK has no public way to: this takes the constructor by which
 * its own listener makes channels, for which the package has to be opened.
 */
final class JdkChannels {
    static final String OPTION = "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED";

    private static @Nullable JdkChannels instance;

    private final SelectorProvider provider;
    private final Constructor<?> constructor;
    private final Method newFd;

    private JdkChannels() throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.nio.ch.SocketChannelImpl");
        constructor = type.getDeclaredConstructor(
                SelectorProvider.class, ProtocolFamily.class, FileDescriptor.class, SocketAddress.class);
        constructor.setAccessible(true);
        newFd = Class.forName("sun.nio.ch.IOUtil").getMethod("newFD", int.class);
        newFd.setAccessible(true);
        provider = SelectorProvider.provider();
    }

    /** The channel owns the descriptor from here on; where it cannot be made, the caller does. */
    static SocketChannel connected(int fd, SocketAddress peer) throws IOException {
        try {
            return instance().make(fd, peer);
        } catch (InaccessibleObjectException closed) {
            throw new IOException(
                    "the JVM needs the option " + OPTION
                            + " to make a SocketChannel of a connection that was accepted elsewhere; Netty's epoll transport needs none",
                    closed);
        } catch (ReflectiveOperationException changed) {
            throw new IOException("JDK " + Runtime.version() + " makes its channels in another way", changed);
        }
    }

    private static synchronized JdkChannels instance() throws ReflectiveOperationException {
        JdkChannels present = instance;
        if (present == null) {
            present = new JdkChannels();
            instance = present;
        }
        return present;
    }

    private SocketChannel make(int fd, SocketAddress peer) throws ReflectiveOperationException {
        ProtocolFamily family =
                peer instanceof UnixDomainSocketAddress ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET6;
        return (SocketChannel) constructor.newInstance(provider, family, newFd.invoke(null, fd), peer);
    }
}
