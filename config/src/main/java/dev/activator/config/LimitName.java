package dev.activator.config;

/**
 * A resource limit of setrlimit(2); the constant's name is what follows {@code Limit} in the directive, {@code LimitNOFILE=}. The
 * resource numbers are those of x86-64 and aarch64, which agree.
 */
public enum LimitName {
    CPU(0, Unit.SECONDS),
    FSIZE(1, Unit.BYTES),
    DATA(2, Unit.BYTES),
    STACK(3, Unit.BYTES),
    CORE(4, Unit.BYTES),
    RSS(5, Unit.BYTES),
    NPROC(6, Unit.COUNT),
    NOFILE(7, Unit.COUNT),
    MEMLOCK(8, Unit.BYTES),
    AS(9, Unit.BYTES),
    LOCKS(10, Unit.COUNT),
    SIGPENDING(11, Unit.COUNT),
    MSGQUEUE(12, Unit.BYTES),
    NICE(13, Unit.NICE),
    RTPRIO(14, Unit.COUNT),
    RTTIME(15, Unit.MICROSECONDS);

    /** What a limit counts. */
    enum Unit {
        COUNT,
        BYTES,
        SECONDS,
        MICROSECONDS,
        NICE
    }

    private final int resource;
    private final Unit unit;

    LimitName(int resource, Unit unit) {
        this.resource = resource;
        this.unit = unit;
    }

    /** The kernel's number of this limit, for setrlimit(2) and prlimit(2). */
    public int resource() {
        return resource;
    }

    Unit unit() {
        return unit;
    }
}
