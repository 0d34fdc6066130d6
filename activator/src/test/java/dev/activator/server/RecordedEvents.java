package dev.activator.server;

import dev.activator.config.UnitName;
import java.util.ArrayList;
import java.util.List;

/** The event log of a test: everything that was said, in order; a defect fails the test at once. */
final class RecordedEvents implements EventLog {
    private final List<String> said = new ArrayList<>();

    @Override
    public void note(UnitName unit, String message) {
        said.add("note " + unit + ": " + message);
    }

    @Override
    public void warn(UnitName unit, String message) {
        said.add("warn " + unit + ": " + message);
    }

    @Override
    public void fail(UnitName unit, String message) {
        if (message.startsWith("defect")) {
            throw new AssertionError(unit + ": " + message);
        }
        said.add("fail " + unit + ": " + message);
    }

    @Override
    public void transition(UnitName unit, String from, String to, String why) {}

    List<String> said() {
        return List.copyOf(said);
    }

    /** How often something was said that contains the text. */
    long count(String text) {
        return said.stream().filter(line -> line.contains(text)).count();
    }
}
