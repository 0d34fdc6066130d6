package dev.activator.demo;

/** How many services there are of each kind. */
record ServiceMix(int web, int clock, int echo) {
    private static final int FIFTH = 5;

    /**
     * Three fifths JVMs, one fifth native daemons, one fifth inetd-style programs, and at least one of each.
     *
     * @param total at least 3
     * @param hasNative whether this host can run the native daemon; if not, JVMs take its place
     */
    static ServiceMix of(int total, boolean hasNative) {
        int fifth = Math.max(1, total / FIFTH);
        int clock = hasNative ? fifth : 0;
        return new ServiceMix(total - clock - fifth, clock, fifth);
    }

    int count(ServiceKind kind) {
        return switch (kind) {
            case WEB -> web;
            case CLOCK -> clock;
            case ECHO -> echo;
        };
    }

    int total() {
        return web + clock + echo;
    }

    /** Memory that all of them at once are reckoned to need. */
    long usualMebibytes() {
        long sum = 0;
        for (ServiceKind kind : ServiceKind.values()) {
            sum += (long) count(kind) * kind.usualMebibytes();
        }
        return sum;
    }

    /** The largest mix in about these proportions that needs at most so much memory, with at least one of each kind that there is. */
    ServiceMix within(long mebibytes) {
        if (usualMebibytes() <= mebibytes) {
            return this;
        }
        double share = (double) mebibytes / usualMebibytes();
        return new ServiceMix(part(web, share), part(clock, share), part(echo, share));
    }

    private static int part(int count, double share) {
        return count == 0 ? 0 : Math.max(1, (int) (count * share));
    }
}
