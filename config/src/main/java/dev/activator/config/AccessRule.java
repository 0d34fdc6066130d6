package dev.activator.config;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

/** Whom one word of AllowFrom= or DenyFrom= means. */
public sealed interface AccessRule {

    /**
     * Addresses that share their first bits. Never IPv4 addresses in IPv6's mapped form: those are IPv4.
     *
     * @param base its bits behind the prefix are zero
     * @param prefix how many bits count, 0..32 or 0..128
     */
    record Network(InetAddress base, int prefix) implements AccessRule {

        /** Whether the address is of the same family and within. */
        public boolean contains(InetAddress address) {
            byte[] mine = base.getAddress();
            byte[] theirs = address.getAddress();
            return mine.length == theirs.length && Arrays.equals(mine, AccessRuleSyntax.masked(theirs, prefix));
        }

        @Override
        public String toString() {
            String shown = base instanceof Inet6Address six ? AddressText.shorten(six) : base.getHostAddress();
            return prefix == 8 * base.getAddress().length ? shown : shown + "/" + prefix;
        }
    }

    /** A Unix peer by its user: a name or a number. */
    record User(String account) implements AccessRule {
        @Override
        public String toString() {
            return "uid:" + account;
        }
    }

    /** A Unix peer by its group: a name or a number. */
    record Group(String account) implements AccessRule {
        @Override
        public String toString() {
            return "gid:" + account;
        }
    }
}
