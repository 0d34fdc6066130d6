package dev.activator.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.IllegalSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelectionKey;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.Collections;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Selects among a {@link HandoffListener}'s channel and what it has accepted, by a selector of the JDK. A key of ours stands for one of the
 * JDK's; that a connection can be accepted is there that one can be read.
 */
final class HandoffSelector extends AbstractSelector {
    private final Selector jdk;
    private final Set<SelectionKey> keys = Collections.synchronizedSet(new HashSet<>());
    private final Set<SelectionKey> selected = new HashSet<>();

    HandoffSelector(SelectorProvider provider, Selector jdk) {
        super(provider);
        this.jdk = jdk;
    }

    @Override
    protected SelectionKey register(AbstractSelectableChannel channel, int ops, Object attachment) {
        Key key = new Key(channel);
        try {
            key.inner = inner(channel).register(jdk, key.translated(ops), key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (channel instanceof PassedChannel passed) {
            passed.registered(key.inner());
        }
        key.attach(attachment);
        key.interest = ops;
        keys.add(key);
        return key;
    }

    private static SelectableChannel inner(AbstractSelectableChannel channel) throws IOException {
        if (channel instanceof PassedChannel passed) {
            return passed.jdk();
        }
        if (channel instanceof HandoffListener.Channel listener) {
            return listener.signal();
        }
        throw new IllegalSelectorException();
    }

    /** One wait for something. */
    private interface Wait {
        int begin() throws IOException;
    }

    private synchronized int look(Wait wait) throws IOException {
        removeCancelled();
        wait.begin();
        removeCancelled();
        int changed = 0;
        for (SelectionKey inner : jdk.selectedKeys()) {
            Key key = (Key) inner.attachment();
            changed += inner.isValid() && key.isValid() && add(key, key.back(inner.readyOps())) ? 1 : 0;
        }
        jdk.selectedKeys().clear();
        return changed;
    }

    private boolean add(Key key, int ready) {
        int before = selected.contains(key) ? key.ready : 0;
        key.ready = before | ready;
        return selected.add(key) || key.ready != before;
    }

    private void removeCancelled() {
        Set<SelectionKey> cancelled = cancelledKeys();
        synchronized (cancelled) {
            for (SelectionKey each : cancelled) {
                Key key = (Key) each;
                key.inner().cancel();
                keys.remove(key);
                selected.remove(key);
                deregister(key);
            }
            cancelled.clear();
        }
    }

    @Override
    public Set<SelectionKey> keys() {
        return Collections.unmodifiableSet(keys);
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
        return selected;
    }

    @Override
    public int selectNow() throws IOException {
        return look(jdk::selectNow);
    }

    @Override
    public int select(long timeout) throws IOException {
        return look(() -> jdk.select(timeout));
    }

    @Override
    public int select() throws IOException {
        return look(jdk::select);
    }

    @Override
    public Selector wakeup() {
        jdk.wakeup();
        return this;
    }

    @Override
    protected void implCloseSelector() throws IOException {
        jdk.close();
    }

    /** Not closed over by the JDK's own, so that a listener keeps its meaning. */
    private final class Key extends AbstractSelectionKey {
        private final AbstractSelectableChannel channel;
        private @Nullable SelectionKey inner;
        private int interest;
        private int ready;

        Key(AbstractSelectableChannel channel) {
            this.channel = channel;
        }

        SelectionKey inner() {
            return Objects.requireNonNull(inner);
        }

        int translated(int ops) {
            return (ops & OP_ACCEPT) == 0 ? ops : OP_READ;
        }

        int back(int ops) {
            return channel instanceof HandoffListener.Channel && (ops & OP_READ) != 0 ? OP_ACCEPT : ops;
        }

        @Override
        public SelectableChannel channel() {
            return channel;
        }

        @Override
        public Selector selector() {
            return HandoffSelector.this;
        }

        @Override
        public int interestOps() {
            return interest;
        }

        @Override
        public SelectionKey interestOps(int ops) {
            interest = ops;
            inner().interestOps(translated(ops));
            return this;
        }

        @Override
        public int readyOps() {
            return ready;
        }
    }
}
