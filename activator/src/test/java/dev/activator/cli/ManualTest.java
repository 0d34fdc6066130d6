package dev.activator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.control.Verb;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The manual knows every verb and every option that the command line has. */
final class ManualTest {
    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void everyVerbAndOptionIsInTheManual() throws IOException {
        String manual = Files.readString(DOCS.resolve("cli.md"));
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(nowhere, nowhere, 0, false, InstantSource.system(), ZoneOffset.UTC);
        CommandLine root = Verbs.commandLine(new Activator(terminal, Map.of()));
        root.getSubcommands().forEach((verb, command) -> {
            assertThat(manual).as(verb).containsPattern("`" + verb + "[ `]");
            for (OptionSpec option : command.getCommandSpec().options()) {
                assertThat(manual).as(verb).contains(option.longestName());
            }
        });
    }

    @Test
    void everyVerbThatCanBeAskedForIsInTheApisManual() throws IOException {
        String manual = Files.readString(DOCS.resolve("control-api.md"));
        for (Verb verb : Verb.values()) {
            assertThat(manual).contains(verb.word());
        }
    }
}
