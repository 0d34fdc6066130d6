package dev.activator.config;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Units from a few lines of text. */
final class Units {
    private Units() {}

    static UnitName name(String text) {
        UnitName name = UnitName.parse(text);
        if (name == null) {
            throw new IllegalArgumentException(text);
        }
        return name;
    }

    static UnitText.Parsed parse(String name, String... lines) {
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        return UnitText.parse(name(name), text, HostFacts.forTests());
    }

    /** A service with these lines in [Service], next to a harmless ExecStart=. */
    static UnitText.Parsed service(String... lines) {
        String[] all = new String[lines.length + 2];
        all[0] = "[Service]";
        all[1] = "ExecStart=/bin/true";
        System.arraycopy(lines, 0, all, 2, lines.length);
        return parse("test.service", all);
    }

    /** A socket with these lines in [Socket], next to an address. */
    static UnitText.Parsed socket(String... lines) {
        String[] all = new String[lines.length + 2];
        all[0] = "[Socket]";
        all[1] = "ListenStream=/run/test";
        System.arraycopy(lines, 0, all, 2, lines.length);
        return parse("test.socket", all);
    }

    static Unit good(UnitText.Parsed parsed) {
        if (parsed.unit() == null || !parsed.problems().isEmpty()) {
            throw new AssertionError(parsed.problems().toString());
        }
        return parsed.unit();
    }

    /** The unit, whatever warnings there are. */
    static Unit loaded(UnitText.Parsed parsed) {
        if (parsed.unit() == null) {
            throw new AssertionError(parsed.problems().toString());
        }
        return parsed.unit();
    }

    static List<String> messages(UnitText.Parsed parsed) {
        return parsed.problems().stream().map(Problem::toString).toList();
    }
}
