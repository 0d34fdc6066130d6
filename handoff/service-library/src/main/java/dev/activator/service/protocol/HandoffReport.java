package dev.activator.service.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a service says on its handoff socket of the connections that it was passed. docs/handoff.md. */
public sealed interface HandoffReport {

    /** The service wants no more connections; what it has not received goes to another. */
    record Closed() implements HandoffReport {
        @Override
        public String text() {
            return "CLOSED\n";
        }
    }

    /** The connection of that number, counted from 1 in the order in which it received them, has ended. */
    record Ended(long number) implements HandoffReport {
        @Override
        public String text() {
            return "ENDED " + number + "\n";
        }
    }

    /** Longest message that is read, in bytes. */
    int LONGEST = 4 * 1024;

    /** Of a number; more than any process can reach. */
    int MOST_DIGITS = 18;

    /** Its line, with the end of it. */
    String text();

    /** All that one message reports; empty where any of it is no report. */
    static Optional<List<HandoffReport>> decode(String message) {
        List<HandoffReport> reports = new ArrayList<>(2);
        for (int at = 0; at < message.length() || reports.isEmpty(); ) {
            int end = message.indexOf('\n', at);
            HandoffReport report = line(message, at, end < 0 ? message.length() : end);
            if (report == null) {
                return Optional.empty();
            }
            reports.add(report);
            at = end < 0 ? message.length() : end + 1;
        }
        return Optional.of(reports);
    }

    private static @Nullable HandoffReport line(String message, int from, int to) {
        if (message.substring(from, to).equals("CLOSED")) {
            return new Closed();
        }
        int digits = from + "ENDED ".length();
        boolean isNumbered = message.startsWith("ENDED ", from) && digits < to && to - digits <= MOST_DIGITS;
        if (!isNumbered || message.charAt(digits) == '0') {
            return null;
        }
        long number = 0;
        for (int i = digits; i < to; i++) {
            char digit = message.charAt(i);
            if (digit < '0' || digit > '9') {
                return null;
            }
            number = 10 * number + digit - '0';
        }
        return new Ended(number);
    }
}
