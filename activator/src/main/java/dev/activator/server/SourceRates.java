package dev.activator.server;

import dev.activator.config.ConnectionRate;
import dev.activator.listener.Peer;
import java.net.Inet6Address;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * ConnectionRatePerSource=: the same rate for each source. An IPv6 source is its /64 network, of which one host has as many addresses as it
 * likes. A bounded number of sources is remembered; the one that has been quiet for longest is forgotten.
 */
final class SourceRates {
    private static final int MOST = 4096;

    private final ConnectionRate rate;
    private final Map<String, RateLimit> limits = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RateLimit> eldest) {
            return size() > MOST;
        }
    };

    SourceRates(ConnectionRate rate) {
        this.rate = rate;
    }

    /** Counts one connection; false where its source has had its share. */
    boolean admit(Peer peer, long now) {
        return limits.computeIfAbsent(key(peer), source -> new RateLimit(rate.interval(), rate.count()))
                .admit(now);
    }

    private static String key(Peer peer) {
        if (peer.address() instanceof Inet6Address six) {
            return Arrays.toString(Arrays.copyOf(six.getAddress(), 8));
        }
        return peer.sourceKey();
    }
}
