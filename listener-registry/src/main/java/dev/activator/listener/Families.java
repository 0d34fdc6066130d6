package dev.activator.listener;

/** Numbers of address families, socket types and protocols; equal on x86-64 and aarch64. socket(2). */
public final class Families {
    public static final int AF_UNIX = 1;
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;
    static final int AF_NETLINK = 16;
    static final int AF_VSOCK = 40;

    public static final int SOCK_STREAM = 1;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_RAW = 3;
    static final int SOCK_SEQPACKET = 5;

    static final int NETLINK_SOCK_DIAG = 4;
    static final int IPPROTO_TCP = 6;

    private Families() {}
}
