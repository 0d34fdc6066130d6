package dev.activator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class RunWordsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("ACTIVATOR_RUNTIME", "/run/mine", "HOME", "/home/me");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run --units /etc/units",
                "run --units=/etc/units",
                "run --units /a /b --units /c",
                "run --units units --runtime /tmp/x",
                "--runtime /tmp/x run --units /a",
                "--runtime=/tmp/x run --units=/a --state=/s",
                "run --ready-fd 7 --units /a --allow-unsupported-hardening",
                "run --log-level debug --ready-fd=3 --units /a",
                "run --units /a --log file:log --log-level=warn",
                "run --units /a --log=journal",
            })
    void plainLineIsReadAsTheParserReadsIt(String line) {
        Optional<RunOptions> plain = RunWords.read(line.split(" "), ENVIRONMENT).map(RunWords::options);
        assertThat(plain).contains(parsed(line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "run --help",
                "run --units /a --help",
                "run --units /a --json",
                "run --units",
                "run --unit /a",
                "run --units /a --ready-fd seven",
                "run --units /a --log-level loud",
                "run --units /a --log nowhere",
                "run --units /a extra --state",
                "--units /a run",
                "status run",
                "demo",
                "list-units --runtime run",
            })
    void whateverIsNotPlainIsLeftToTheParser(String line) {
        assertThat(RunWords.read(line.split(" "), ENVIRONMENT)).isEmpty();
    }

    @Test
    void stateGoesWithAnUnusualRuntimeDirectory() {
        assertThat(parsed("run --units /a").state()).isEqualTo(Path.of("/run/mine/state"));
        assertThat(parsed("run --units /a --state /s").state()).isEqualTo(Path.of("/s"));
        assertThat(parsed("run --units /a /b").unitDirectories()).isEqualTo(List.of(Path.of("/a"), Path.of("/b")));
    }

    private static RunOptions parsed(String line) {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(nowhere, nowhere, 0, false, InstantSource.system(), ZoneOffset.UTC);
        Activator root = new Activator(terminal, ENVIRONMENT);
        CommandLine command = Verbs.commandLine(root);
        command.parseArgs(line.split(" "));
        Run run = Verbs.verb(command, "run").getCommand();
        return run.options(root);
    }
}
