package dev.activator.it.promises;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.activator.it.rig.Command;
import dev.activator.it.rig.NeedsProgram;
import dev.activator.it.rig.NeedsRoot;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same unit files under systemd and under us, step by step: descriptors, socket options, environment, ids, states, results. Every
 * difference is on the list, and every entry of the list is a difference. systemd's answers are recorded beside the scenarios, and asked for
 * anew wherever systemd is installed.
 */
@NeedsRoot
@NeedsProgram({"unshare", "mount", "ip", "python3"})
class DifferentialTest {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int FEWEST_SCENARIOS = 60;
    private static final String REGENERATE = "regenerate.docs";
    private static final Path SYSTEMD = Path.of("/lib/systemd/systemd");
    /** Recorded of this version; another one may answer otherwise. */
    private static final String VERSION = "systemd 252 ";

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path work = Path.of("");

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(DifferentialTest.class.getResource("/differential/" + name))
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** One that is known and wanted. */
    private record Difference(String scenario, String step, String reason) {}

    private static List<Difference> known() throws IOException {
        List<Difference> known = new ArrayList<>();
        for (String line : Files.readAllLines(resource("differences.txt"))) {
            String[] parts = line.split(" \\| ");
            if (parts.length == 3) {
                known.add(new Difference(parts[0], parts[1], parts[2]));
            }
        }
        return known;
    }

    private Map<String, List<JsonNode>> play(String manager) throws IOException {
        Path answers = work.resolve(manager.contains("/") ? "ours.json" : manager + ".json");
        Command.of("sh", resource("play.sh").toString(), manager, answers.toString(), work.resolve("log") + "")
                .within(LIMIT)
                .run()
                .succeeded();
        return read(answers);
    }

    private static Map<String, List<JsonNode>> read(Path answers) throws IOException {
        Map<String, List<JsonNode>> scenarios = new TreeMap<>();
        JSON.readTree(answers.toFile()).properties().forEach(scenario -> {
            List<JsonNode> steps = new ArrayList<>();
            scenario.getValue().forEach(steps::add);
            scenarios.put(scenario.getKey(), steps);
        });
        return scenarios;
    }

    /** {@code SCENARIO | STEP: THEIRS, OURS} for each step that came out otherwise. */
    private static List<String> differences(
            Map<String, List<JsonNode>> theirs, Map<String, List<JsonNode>> ours, List<Difference> known) {
        List<String> unknown = new ArrayList<>();
        Set<Difference> met = new HashSet<>();
        theirs.forEach((scenario, steps) -> {
            List<JsonNode> own = ours.getOrDefault(scenario, List.of());
            for (int i = 0; i < steps.size(); i++) {
                JsonNode other = i < own.size() ? own.get(i) : JSON.nullNode();
                if (!steps.get(i).equals(other)) {
                    String step = steps.get(i).fieldNames().next();
                    Difference found = known.stream()
                            .filter(each -> each.scenario().equals(scenario) && step.startsWith(each.step()))
                            .findFirst()
                            .orElse(null);
                    if (found == null) {
                        unknown.add(scenario + " | " + steps.get(i) + ", but " + other);
                    } else {
                        met.add(found);
                    }
                }
            }
        });
        known.stream()
                .filter(each -> !met.contains(each))
                .forEach(each -> unknown.add("no difference any more: " + each.scenario() + " | " + each.step()));
        return unknown;
    }

    @Test
    void weDoAsSystemdDoesButForWhatTheListSays() throws IOException {
        Map<String, List<JsonNode>> recorded = read(resource("systemd-252.json"));
        assertThat(recorded).hasSizeGreaterThanOrEqualTo(FEWEST_SCENARIOS);

        assertThat(differences(recorded, play(SuperServer.launcher()), known())).isEmpty();
    }

    @Test
    @NeedsProgram("systemctl")
    void systemdStillAnswersAsWasRecorded() throws IOException {
        String version =
                Command.of(SYSTEMD.toString(), "--version").run().succeeded().out();
        if (!version.startsWith(VERSION)) {
            System.out.println("recorded of " + VERSION + ", not asked again: this is "
                    + version.lines().findFirst());
            return;
        }
        assertThat(differences(read(resource("systemd-252.json")), play("systemd"), List.of()))
                .isEmpty();
    }

    /** systemd itself says which directives it knows; whichever version is here, the table of classes has them all. */
    @Test
    @NeedsProgram("systemctl")
    void everyDirectiveThatThisSystemdKnowsHasAClass() throws IOException {
        Set<String> classified = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "compatibility.md"))) {
            if (line.startsWith("| `")) {
                classified.add(line.substring(3, line.indexOf('=')));
            }
        }
        Set<String> known = new TreeSet<>();
        String section = "";
        for (String line : Command.of(SYSTEMD.toString(), "--dump-configuration-items")
                .run()
                .succeeded()
                .out()
                .lines()
                .toList()) {
            if (line.startsWith("[")) {
                section = line;
            } else if (line.contains("=")
                    && Set.of("[Unit]", "[Service]", "[Socket]", "[Install]").contains(section)) {
                known.add(line.substring(0, line.indexOf('=')));
            }
        }
        assertThat(known).hasSizeGreaterThan(300);
        assertThat(classified).containsAll(known);
    }

    @Test
    void theListInTheDocumentationIsTheList() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Deliberate differences from systemd

                Generated from the list that the differential tests go by; do not edit. Each was found by playing the same unit files under systemd 252 and under Activator. What a directive of systemd's
                does here at all is in [compatibility.md](compatibility.md).

                | scenario | step | why |
                |---|---|---|
                """);
        for (Difference each : known()) {
            page.append("| ")
                    .append(each.scenario())
                    .append(" | `")
                    .append(each.step())
                    .append("` | ")
                    .append(each.reason())
                    .append(" |\n");
        }
        Path file = Path.of("..", "docs", "differences.md");
        if (Boolean.getBoolean(REGENERATE)) {
            Files.writeString(file, page);
        }
        assertThat(file).as("regenerate it with -D" + REGENERATE + "=true").hasContent(page.toString());
    }
}
