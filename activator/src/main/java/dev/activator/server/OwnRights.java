package dev.activator.server;

import java.math.BigInteger;

/**
 * What this process may do on this host. proc(5), capabilities(7)
 *
 * @param uid its effective user
 * @param capabilities its effective ones, a bit each
 */
record OwnRights(String uid, BigInteger capabilities) {
    static final int SETUID = 7;
    static final int NET_BIND_SERVICE = 10;

    private static final int HEXADECIMAL = 16;

    static OwnRights read() {
        String status = HostFactsReader.text("/proc/self/status");
        String mask = field(status, "CapEff:", 0);
        return new OwnRights(
                field(status, "Uid:", 1), mask.isEmpty() ? BigInteger.ZERO : new BigInteger(mask, HEXADECIMAL));
    }

    private static String field(String status, String name, int index) {
        return status.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).trim().split("\\s+", -1)[index])
                .findFirst()
                .orElse("");
    }

    boolean has(int capability) {
        return capabilities.testBit(capability);
    }
}
