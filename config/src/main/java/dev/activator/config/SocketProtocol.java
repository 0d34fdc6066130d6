package dev.activator.config;

/** A protocol other than the address family's usual one. */
public enum SocketProtocol implements Word {
    UDPLITE("udplite"),
    SCTP("sctp"),
    MPTCP("mptcp");

    private final String word;

    SocketProtocol(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
