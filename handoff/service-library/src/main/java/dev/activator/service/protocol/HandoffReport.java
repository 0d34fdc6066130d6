package dev.activator.service.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a service says on its handoff socket of the sockets that it was passed. docs/handoff.md. */
public sealed interface HandoffReport {

    /** The service has taken so many in all since it was started: those are its own, and nobody else gets them. */
    record Taken(long count) implements HandoffReport {
        @Override
        public String text() {
            return "TAKEN " + count + "\n";
        }
    }

    /** The connection of that number, counted from 1 in the order in which they were passed, has ended. */
    record Ended(long number) implements HandoffReport {
        @Override
        public String text() {
            return "ENDED " + number + "\n";
        }
    }

    /** Longest message that is read, in bytes. */
    int LONGEST = 4 * 1024;

    /** One line of a report. */
    Pattern LINE = Pattern.compile("(TAKEN|ENDED) ([1-9][0-9]{0,17})");

    /** Its line, with the end of it. */
    String text();

    /** All that one message reports; empty where any of it is no report. */
    static Optional<List<HandoffReport>> decode(String message) {
        List<HandoffReport> reports = new ArrayList<>();
        for (String line : message.strip().split("\n", -1)) {
            Matcher report = LINE.matcher(line);
            if (!report.matches()) {
                return Optional.empty();
            }
            long number = Long.parseLong(report.group(2));
            reports.add(report.group(1).equals("TAKEN") ? new Taken(number) : new Ended(number));
        }
        return Optional.of(reports);
    }
}
