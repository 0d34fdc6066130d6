package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Line by line, systemd's own verifier and ours take, ignore or refuse the same. Needs systemd-analyze, but no running systemd. */
class SystemdAgreementTest {
    private static final Path VERIFIER = Path.of("/usr/bin/systemd-analyze");

    @TempDir
    Path temp;

    private enum Verdict {
        TAKEN,
        IGNORED,
        REFUSED
    }

    @Test
    void everyLineMeetsTheSameVerdict() throws Exception {
        assumeTrue(Files.isExecutable(VERIFIER), "systemd-analyze is not installed");
        UnitDirectory units = new UnitDirectory(temp.resolve("units"));
        Map<String, String> lines = new TreeMap<>();
        for (String line : DirectiveTableTest.lines("agreement.txt")) {
            String type = line.substring(0, line.indexOf('|'));
            String name = String.format(java.util.Locale.ROOT, "u%03d.%s", lines.size(), type);
            String assignment = line.substring(type.length() + 1);
            lines.put(name, assignment);
            units.writeText(name, text(name, assignment));
            if (type.equals("socket")) {
                units.write(name.replace(".socket", ".service"), "[Service]", "ExecStart=/bin/true");
            }
        }
        List<Verdict> verdicts = new ArrayList<>();
        List<String> differences = new ArrayList<>();
        String report = verify(units, lines);
        lines.forEach((name, line) -> {
            Verdict theirs = theirs(report, name);
            verdicts.add(theirs);
            if (theirs != ours(name, line)) {
                differences.add(line + ": systemd has it " + theirs + ", we " + ours(name, line));
            }
        });
        assertThat(verdicts).contains(Verdict.values());
        assertThat(differences).isEmpty();
    }

    private static String text(String name, String line) {
        if (name.endsWith(".socket")) {
            return "[Socket]\nListenStream=@first" + name + "\n" + line + "\n";
        }
        return "[Service]\n" + (line.startsWith("ExecStart=") ? "" : "ExecStart=/bin/true\n") + line + "\n";
    }

    private static Verdict ours(String name, String line) {
        UnitText.Parsed parsed = UnitText.parse(
                Units.name(name), text(name, line).getBytes(StandardCharsets.UTF_8), HostFacts.forTests());
        return parsed.unit() == null ? Verdict.REFUSED : parsed.problems().isEmpty() ? Verdict.TAKEN : Verdict.IGNORED;
    }

    private static Verdict theirs(String report, String name) {
        boolean refused = report.lines()
                .anyMatch(line -> line.startsWith("Unit " + name + " ")
                        && (line.contains("bad unit file setting") || line.endsWith(": Bad message")));
        boolean ignored = report.lines().anyMatch(line -> line.contains("/" + name + ":"));
        return refused ? Verdict.REFUSED : ignored ? Verdict.IGNORED : Verdict.TAKEN;
    }

    private String verify(UnitDirectory units, Map<String, String> lines) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(VERIFIER.toString(), "verify", "--man=no", "--recursive-errors=no"));
        lines.keySet().forEach(name -> command.add(units.file(name).toString()));
        Path report = temp.resolve("report");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(report.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(report);
    }
}
