package dev.activator.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Units as unit-file text: what {@link #print} writes, {@link #parse} reads back as an equal unit. */
public final class UnitText {
    private UnitText() {}

    /**
     * A unit that was read from one text.
     *
     * @param unit null where the text makes no unit
     */
    public record Parsed(@Nullable Unit unit, List<Problem> problems) {
        public Parsed {
            problems = List.copyOf(problems);
        }
    }

    /** Reads a unit from the bytes of one file, without drop-ins. Never throws. */
    public static Parsed parse(UnitName name, byte[] text, HostFacts facts) {
        Path path = Path.of(name.toString());
        UnitAssembly assembly = new UnitAssembly(name, path, facts, LoadOptions.DEFAULT, new KnownValues());
        assembly.add(UnitFileReader.read(path, text), false);
        UnitAssembly.Outcome outcome = assembly.finish();
        return new Parsed(outcome.unit(), outcome.problems());
    }

    /** The assigned settings in unit-file syntax, in the order of the directive table. */
    public static String print(Unit unit) {
        StringBuilder text = new StringBuilder();
        String section = "";
        for (Directive<?> directive : DirectiveTable.of(unit.name().type()).properties()) {
            if (!unit.isSet(directive)) {
                continue;
            }
            if (!section.equals(directive.section())) {
                section = directive.section();
                text.append(text.isEmpty() ? "" : "\n")
                        .append('[')
                        .append(section)
                        .append("]\n");
            }
            lines(unit, directive, text);
        }
        return text.toString();
    }

    private static void lines(Unit unit, Directive<?> directive, StringBuilder text) {
        if (directive == SocketDirectives.LISTEN) {
            for (ListenSocket each : unit.get(SocketDirectives.LISTEN)) {
                line(each.kind().directive(), ListenSyntax.written(each.address()), text);
            }
            return;
        }
        for (String value : unit.settings().assignments(directive)) {
            line(directive.name(), value, text);
        }
    }

    private static void line(String name, String value, StringBuilder text) {
        // A blank after a backslash keeps it from joining the next line, and does not count for the value.
        text.append(name).append('=').append(value).append(value.endsWith("\\") ? " \n" : "\n");
    }

    /** The files that a unit was read from, as they are now. */
    static String ofFiles(Unit unit) {
        StringBuilder text = new StringBuilder();
        for (Path source : unit.sources()) {
            text.append(text.isEmpty() ? "" : "\n").append("# ").append(source).append('\n');
            if (StructuredFiles.isOne(source.toString())) {
                text.append(print(unit));
                continue;
            }
            String content = content(source);
            text.append(content).append(content.endsWith("\n") || content.isEmpty() ? "" : "\n");
        }
        return text.toString();
    }

    private static String content(Path source) {
        try {
            return new String(Files.readAllBytes(source), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "# cannot be read: " + FileTrouble.reason(e) + "\n";
        }
    }
}
