package dev.activator.config;

/** A protocol other than the address family's usual one. */
public enum SocketProtocol implements Word {
    UDPLITE("udplite", 136),
    MPTCP("mptcp", 262);

    private final String word;
    private final int number;

    SocketProtocol(String word, int number) {
        this.word = word;
        this.number = number;
    }

    /** The kernel's number, IPPROTO_UDPLITE. ip(7) */
    public int number() {
        return number;
    }

    @Override
    public String word() {
        return word;
    }
}
