package dev.activator.listener;

import java.net.Inet4Address;
import java.net.Inet6Address;

/** The addresses that mean every interface. */
final class Addresses {
    static final Inet4Address ANY_IPV4 = (Inet4Address) SocketNameLayout.address(new byte[4], 0, 4);
    static final Inet6Address ANY_IPV6 = (Inet6Address) SocketNameLayout.address(new byte[16], 0, 16);

    private Addresses() {}
}
