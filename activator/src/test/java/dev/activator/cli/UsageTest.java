package dev.activator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UsageTest {
    @TempDir
    private Path directory;

    private CommandRig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new CommandRig(directory.resolve("run"));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void mistypedVerbGetsASuggestion() {
        assertThat(rig.run("statu"))
                .isEqualTo(new CommandRig.Result(
                        2, "", "Unknown verb 'statu'; did you mean 'status'?\nSee 'activator --help'.\n"));
    }

    @Test
    void unknownOptionIsRefused() {
        CommandRig.Result result = rig.run("list-units", "--colour");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).isEqualTo("Unknown option: '--colour'\nSee 'activator list-units --help'.\n");
    }

    @Test
    void missingUnitIsRefused() {
        assertThat(rig.run("stop").err())
                .isEqualTo("Missing required parameter: 'UNIT'\nSee 'activator stop --help'.\n");
        assertThat(rig.run("status", "-n", "many", "web").status()).isEqualTo(2);
        assertThat(rig.run("kill", "--kill-whom=nobody", "web").status()).isEqualTo(2);
    }

    @Test
    void noVerbShowsTheHelp() {
        CommandRig.Result result = rig.run();
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).startsWith("Usage: activator").contains("list-sockets", "daemon-reload");
    }

    @Test
    void everyVerbHasHelpWithAnExample() {
        for (Verbs.Group group : Verbs.GROUPS) {
            for (String verb : group.verbs()) {
                CommandRig.Result result = rig.run(verb, "--help");
                assertThat(result.status()).as(verb).isZero();
                assertThat(result.out())
                        .as(verb)
                        .startsWith("Usage: activator " + verb)
                        .contains("Example", "activator " + verb);
            }
        }
    }

    @Test
    void helpListsEveryVerb() {
        String help = rig.run("--help").out();
        Verbs.GROUPS.forEach(group -> assertThat(help).contains(group.verbs()));
    }

    @Test
    void versionIsTheBuilds() {
        assertThat(rig.run("--version").out()).matches("activator \\d+\\.\\d+.*\\n");
    }

    @Test
    void runtimeOptionIsUnderstoodBeforeAndAfterTheVerb() {
        String runtime = directory.resolve("run").toString();
        assertThat(rig.run(Map.of(), "--runtime", runtime, "is-active", "web").status())
                .isZero();
        assertThat(rig.run(Map.of(), "is-active", "--runtime=" + runtime, "web").status())
                .isZero();
    }

    @Test
    void noSuperServerIsOneForEveryVerb() {
        String nowhere = directory.resolve("nowhere").toString();
        for (String verb : new String[] {"status", "list-units", "list-sockets", "show", "daemon-reload"}) {
            CommandRig.Result result = rig.run(verb, "--runtime", nowhere);
            assertThat(result.status()).as(verb).isEqualTo(1);
            assertThat(result.err())
                    .as(verb)
                    .startsWith("No super-server is running: '" + nowhere + "/control.sock' does not exist.");
        }
    }

    @Test
    void whatCannotBeWrittenIsSaidByEveryVerb() throws IOException {
        String[][] lines = {{"status"}, {"status", "web"}, {"list-units", "--json"}, {"directives"}, {"stop", "--help"}
        };
        for (String[] line : lines) {
            try (OutputStream full = new FileOutputStream("/dev/full")) {
                assertThat(rig.runInto(full, line))
                        .as(line[0])
                        .isEqualTo(new CommandRig.Result(1, "", "write error: No space left on device\n"));
            }
        }
    }

    @Test
    void aReaderThatHasSeenEnoughIsNoTrouble() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        assertThat(rig.runInto(closed, "list-units")).isEqualTo(new CommandRig.Result(0, "", ""));
    }

    @Test
    void completionScriptIsValidAndKnowsVerbsOptionsAndUnits() throws Exception {
        Path script = Files.writeString(
                directory.resolve("script"), rig.run("completion", "bash").out() + """
                        activator() { echo '● web.service loaded'; echo '  web.socket loaded'; }
                        complete_words() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _activator; echo "${COMPREPLY[*]}"; }
                        complete_words activator list-s
                        complete_words activator --runtime /x status web.so
                        complete_words activator kill --sig
                        complete_words activator completion z
                        """);
        Process bash = new ProcessBuilder("bash", script.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("list-sockets\nweb.socket\n--signal\nzsh\n");
    }
}
