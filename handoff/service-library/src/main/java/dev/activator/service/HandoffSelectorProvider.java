package dev.activator.service;

import java.io.IOException;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.net.ProtocolFamily;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's own channels and selectors, but for what is opened within {@link HandoffListener#opening}. Public only because the JVM makes
 * it, by the system property {@code java.nio.channels.spi.SelectorProvider}.
 */
public final class HandoffSelectorProvider extends SelectorProvider {
    static final ThreadLocal<HandoffListener> OPENING = new ThreadLocal<>();
    private static final String PROPERTY = "java.nio.channels.spi.SelectorProvider";

    private final SelectorProvider jdk;

    /** For the JVM. */
    public HandoffSelectorProvider() throws ReflectiveOperationException {
        Method get = Class.forName("sun.nio.ch.DefaultSelectorProvider").getMethod("get");
        get.setAccessible(true);
        jdk = (SelectorProvider) get.invoke(null);
    }

    static void install() throws IOException {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, HandoffSelectorProvider.class.getName());
        }
        SelectorProvider installed;
        try {
            installed = SelectorProvider.provider();
        } catch (InaccessibleObjectException closed) {
            throw new IOException("the JVM needs the option " + JdkChannels.OPTION, closed);
        }
        if (!(installed instanceof HandoffSelectorProvider)) {
            throw new IOException(
                    "channels were opened before this was called: call it first of all in main, or start the JVM with -D"
                            + PROPERTY + "=" + HandoffSelectorProvider.class.getName());
        }
    }

    @Override
    public DatagramChannel openDatagramChannel() throws IOException {
        return jdk.openDatagramChannel();
    }

    @Override
    public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
        return jdk.openDatagramChannel(family);
    }

    @Override
    public Pipe openPipe() throws IOException {
        return jdk.openPipe();
    }

    @Override
    public AbstractSelector openSelector() throws IOException {
        return OPENING.get() == null ? jdk.openSelector() : new HandoffSelector(this, jdk.openSelector());
    }

    @Override
    public ServerSocketChannel openServerSocketChannel() throws IOException {
        HandoffListener opening = OPENING.get();
        return opening == null ? jdk.openServerSocketChannel() : opening.channel(this);
    }

    @Override
    public ServerSocketChannel openServerSocketChannel(ProtocolFamily family) throws IOException {
        HandoffListener opening = OPENING.get();
        return opening == null ? jdk.openServerSocketChannel(family) : opening.channel(this);
    }

    @Override
    public SocketChannel openSocketChannel() throws IOException {
        return jdk.openSocketChannel();
    }

    @Override
    public SocketChannel openSocketChannel(ProtocolFamily family) throws IOException {
        return jdk.openSocketChannel(family);
    }

    @Override
    public @Nullable Channel inheritedChannel() throws IOException {
        return jdk.inheritedChannel();
    }
}
