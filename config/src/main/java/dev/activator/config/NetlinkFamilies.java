package dev.activator.config;

import java.util.Map;
import java.util.TreeSet;

/** Netlink's protocols by systemd's names. netlink(7), linux/netlink.h. */
public final class NetlinkFamilies {
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("route", 0),
            Map.entry("firewall", 3),
            Map.entry("inet-diag", 4),
            Map.entry("nflog", 5),
            Map.entry("xfrm", 6),
            Map.entry("selinux", 7),
            Map.entry("iscsi", 8),
            Map.entry("audit", 9),
            Map.entry("fib-lookup", 10),
            Map.entry("connector", 11),
            Map.entry("netfilter", 12),
            Map.entry("ip6-fw", 13),
            Map.entry("dnrtmsg", 14),
            Map.entry("kobject-uevent", 15),
            Map.entry("generic", 16),
            Map.entry("scsitransport", 18),
            Map.entry("ecryptfs", 19),
            Map.entry("rdma", 20));

    private NetlinkFamilies() {}

    /** The kernel's number of a family. {@code name}: one of those names */
    public static int number(String name) {
        Integer number = NUMBERS.get(name);
        if (number == null) {
            throw new IllegalArgumentException(name + " is no netlink family");
        }
        return number;
    }

    static String checked(String name) throws BadValue {
        if (!NUMBERS.containsKey(name)) {
            String near = Suggestion.nearest(name, NUMBERS.keySet());
            throw BadValue.ignored(
                    "expected a netlink family, one of " + String.join(", ", new TreeSet<>(NUMBERS.keySet()))
                            + (near == null ? "" : "; did you mean '" + near + "'?"));
        }
        return name;
    }
}
