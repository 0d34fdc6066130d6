package dev.activator.config;

/** Whether an IPv6 listener takes IPv4 too. systemd.socket(5) BindIPv6Only=. */
public enum BindIpv6Only implements Word {
    /** As net.ipv6.bindv6only says. */
    DEFAULT("default"),
    BOTH("both"),
    IPV6_ONLY("ipv6-only");

    private final String word;

    BindIpv6Only(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
