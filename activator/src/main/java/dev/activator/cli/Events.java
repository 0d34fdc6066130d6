package dev.activator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.activator.control.Event;
import dev.activator.control.UnitGlob;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code events}: what happens. */
@Command(
        name = "events",
        description =
                "Print the latest events: wakes, ends, refusals, suspensions, failures, reloads; with --follow also every change of state.",
        footer = {
            "",
            "Examples:",
            "  activator events",
            "  activator events -f 'web.*'",
            "  activator events -f --json | jq .unit"
        })
final class Events implements Callable<Integer> {
    private static final String DATA = "data: ";
    private static final int KIND_WIDTH = 10;

    @ParentCommand
    private @Nullable Activator activator;

    @Option(
            names = {"-f", "--follow"},
            description = "go on printing what happens, until Ctrl-C")
    private boolean follow;

    @Parameters(
            paramLabel = "PATTERN",
            arity = "0..*",
            description = "only units with these names; * ? [] match as in the shell")
    private List<String> patterns = new ArrayList<>();

    @Override
    public Integer call() {
        Activator root = Objects.requireNonNull(activator);
        if (follow) {
            root.client().followEvents(text -> copy(root, text));
            return ExitStatus.OK;
        }
        root.client().events().forEach(event -> print(root, event));
        return ExitStatus.OK;
    }

    private void copy(Activator root, InputStream text) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(DATA)) {
                JsonNode data = Json.parse(line.substring(DATA.length()));
                if (data.has("kind")) {
                    print(root, data);
                } else {
                    root.terminal()
                            .err()
                            .println(data.path("count").asText() + " events were lost: this reader is too slow.");
                }
            }
        }
    }

    private void print(Activator root, JsonNode data) {
        Event event = Json.read(data, Event.class);
        List<String> wanted = patterns.stream().map(UnitGlob::complete).toList();
        if (!UnitGlob.matches(event.unit(), wanted)) {
            return;
        }
        if (root.wantsJson()) {
            root.out().println(data);
            return;
        }
        String kind = event.kind().word();
        root.out()
                .println(Printable.line(event.at().truncatedTo(java.time.temporal.ChronoUnit.MILLIS) + " " + kind
                        + " ".repeat(KIND_WIDTH - kind.length()) + " " + event.unit() + ": " + event.text()));
    }
}
