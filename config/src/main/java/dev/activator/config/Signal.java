package dev.activator.config;

import org.jspecify.annotations.Nullable;

/**
 * A Linux signal. The numbers are those of x86-64 and aarch64, which agree. signal(7).
 *
 * @param number 1 to 64
 */
public record Signal(int number) implements Comparable<Signal> {
    private static final String[] NAMES = {
        "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
        "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
        "WINCH", "IO", "PWR", "SYS",
    };

    private static final int RTMIN = 34;
    private static final int RTMAX = 64;

    public static final Signal HUP = new Signal(1);
    public static final Signal INT = new Signal(2);
    public static final Signal ABRT = new Signal(6);
    public static final Signal KILL = new Signal(9);
    public static final Signal PIPE = new Signal(13);
    public static final Signal TERM = new Signal(15);
    public static final Signal CHLD = new Signal(17);
    public static final Signal CONT = new Signal(18);
    public static final Signal STOP = new Signal(19);

    public Signal {
        if (number < 1 || number > RTMAX) {
            throw new IllegalArgumentException("signal " + number + " is not in 1..64");
        }
    }

    // Written out: what a record has by itself is put together when it is first needed, while a client waits.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Signal that && number == that.number;
    }

    @Override
    public int hashCode() {
        return number;
    }

    /** Reads {@code SIGTERM}, {@code TERM}, {@code 15} or {@code RTMIN+3}; null where it is none of these. */
    public static @Nullable Signal parse(String text) {
        String name = text.startsWith("SIG") ? text.substring(3) : text;
        for (int i = 1; i < NAMES.length; i++) {
            if (NAMES[i].equals(name)) {
                return new Signal(i);
            }
        }
        if (name.equals("POLL")) {
            return new Signal(29);
        }
        int number = -1;
        if (name.startsWith("RTMIN")) {
            number = realTime(name.substring(5), '+', RTMIN, 1);
        } else if (name.startsWith("RTMAX")) {
            number = realTime(name.substring(5), '-', RTMAX, -1);
        } else if (name.equals(text) && text.matches("[0-9]{1,2}")) {
            number = Integer.parseInt(text);
        }
        return number >= 1 && number <= RTMAX ? new Signal(number) : null;
    }

    private static int realTime(String offset, char sign, int from, int direction) {
        if (offset.isEmpty()) {
            return from;
        }
        if (offset.charAt(0) != sign || !offset.substring(1).matches("[0-9]{1,2}")) {
            return -1;
        }
        int number = from + direction * Integer.parseInt(offset.substring(1));
        return number < RTMIN ? -1 : number;
    }

    /** The full name, {@code SIGTERM}; {@code SIGRTMIN+n} for real-time signals. */
    public String name() {
        if (number < NAMES.length) {
            return "SIG" + NAMES[number];
        }
        return number < RTMIN ? String.valueOf(number) : "SIGRTMIN+" + (number - RTMIN);
    }

    @Override
    public int compareTo(Signal other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return name();
    }
}
