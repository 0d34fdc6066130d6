package dev.activator.listener;

/**
 * One option of a socket by its numbers, which are equal on x86-64 and aarch64. socket(7), ip(7), ipv6(7), tcp(7).
 *
 * @param name as in the manual, {@code SO_REUSEADDR}
 */
public record SocketOption(int level, int number, String name) {
    private static final int SOL_SOCKET = 1;
    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_IPV6 = 41;

    public static final SocketOption SO_REUSEADDR = socket(2, "SO_REUSEADDR");
    public static final SocketOption SO_TYPE = socket(3, "SO_TYPE");
    public static final SocketOption SO_ERROR = socket(4, "SO_ERROR");
    public static final SocketOption SO_BROADCAST = socket(6, "SO_BROADCAST");
    public static final SocketOption SO_SNDBUF = socket(7, "SO_SNDBUF");
    public static final SocketOption SO_RCVBUF = socket(8, "SO_RCVBUF");
    public static final SocketOption SO_KEEPALIVE = socket(9, "SO_KEEPALIVE");
    public static final SocketOption SO_PRIORITY = socket(12, "SO_PRIORITY");
    public static final SocketOption SO_LINGER = socket(13, "SO_LINGER");
    public static final SocketOption SO_REUSEPORT = socket(15, "SO_REUSEPORT");
    public static final SocketOption SO_PASSCRED = socket(16, "SO_PASSCRED");
    public static final SocketOption SO_PEERCRED = socket(17, "SO_PEERCRED");
    public static final SocketOption SO_BINDTODEVICE = socket(25, "SO_BINDTODEVICE");
    public static final SocketOption SO_ATTACH_FILTER = socket(26, "SO_ATTACH_FILTER");
    public static final SocketOption SO_DETACH_FILTER = socket(27, "SO_DETACH_FILTER");
    public static final SocketOption SO_TIMESTAMP = socket(29, "SO_TIMESTAMP");
    public static final SocketOption SO_ACCEPTCONN = socket(30, "SO_ACCEPTCONN");
    public static final SocketOption SO_SNDBUFFORCE = socket(32, "SO_SNDBUFFORCE");
    public static final SocketOption SO_RCVBUFFORCE = socket(33, "SO_RCVBUFFORCE");
    public static final SocketOption SO_PASSSEC = socket(34, "SO_PASSSEC");
    public static final SocketOption SO_TIMESTAMPNS = socket(35, "SO_TIMESTAMPNS");
    public static final SocketOption SO_MARK = socket(36, "SO_MARK");
    public static final SocketOption SO_PROTOCOL = socket(38, "SO_PROTOCOL");
    public static final SocketOption SO_MEMINFO = socket(55, "SO_MEMINFO");
    public static final SocketOption SO_COOKIE = socket(57, "SO_COOKIE");
    public static final SocketOption SO_PEERGROUPS = socket(59, "SO_PEERGROUPS");

    public static final SocketOption IP_TOS = new SocketOption(IPPROTO_IP, 1, "IP_TOS");
    public static final SocketOption IP_TTL = new SocketOption(IPPROTO_IP, 2, "IP_TTL");
    public static final SocketOption IP_PKTINFO = new SocketOption(IPPROTO_IP, 8, "IP_PKTINFO");
    public static final SocketOption IP_FREEBIND = new SocketOption(IPPROTO_IP, 15, "IP_FREEBIND");
    public static final SocketOption IP_TRANSPARENT = new SocketOption(IPPROTO_IP, 19, "IP_TRANSPARENT");

    public static final SocketOption IPV6_UNICAST_HOPS = new SocketOption(IPPROTO_IPV6, 16, "IPV6_UNICAST_HOPS");
    public static final SocketOption IPV6_V6ONLY = new SocketOption(IPPROTO_IPV6, 26, "IPV6_V6ONLY");
    public static final SocketOption IPV6_RECVPKTINFO = new SocketOption(IPPROTO_IPV6, 49, "IPV6_RECVPKTINFO");
    public static final SocketOption IPV6_TCLASS = new SocketOption(IPPROTO_IPV6, 67, "IPV6_TCLASS");
    public static final SocketOption IPV6_TRANSPARENT = new SocketOption(IPPROTO_IPV6, 75, "IPV6_TRANSPARENT");
    public static final SocketOption IPV6_FREEBIND = new SocketOption(IPPROTO_IPV6, 78, "IPV6_FREEBIND");

    public static final SocketOption TCP_NODELAY = new SocketOption(IPPROTO_TCP, 1, "TCP_NODELAY");
    public static final SocketOption TCP_KEEPIDLE = new SocketOption(IPPROTO_TCP, 4, "TCP_KEEPIDLE");
    public static final SocketOption TCP_KEEPINTVL = new SocketOption(IPPROTO_TCP, 5, "TCP_KEEPINTVL");
    public static final SocketOption TCP_KEEPCNT = new SocketOption(IPPROTO_TCP, 6, "TCP_KEEPCNT");
    public static final SocketOption TCP_DEFER_ACCEPT = new SocketOption(IPPROTO_TCP, 9, "TCP_DEFER_ACCEPT");
    public static final SocketOption TCP_INFO = new SocketOption(IPPROTO_TCP, 11, "TCP_INFO");
    public static final SocketOption TCP_CONGESTION = new SocketOption(IPPROTO_TCP, 13, "TCP_CONGESTION");

    private static SocketOption socket(int number, String name) {
        return new SocketOption(SOL_SOCKET, number, name);
    }

    @Override
    public String toString() {
        return name;
    }
}
