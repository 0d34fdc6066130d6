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
    void aValueThatNobodyCanMeanIsAnErrorOfUsageWithWhatIsAllowed() {
        assertThat(rig.run("logs", "web", "-n", "-3"))
                .isEqualTo(new CommandRig.Result(2, "", "--lines must be 0..100000, not -3.\n"));
        assertThat(rig.run("status", "-n", "-1", "web"))
                .isEqualTo(new CommandRig.Result(2, "", "--lines must be 0..100000, not -1.\n"));
        CommandRig.Result hold = rig.run("hold", "web", "--for", "bogus");
        assertThat(hold.status()).isEqualTo(2);
        assertThat(hold.err())
                .startsWith("--for 'bogus': ")
                .endsWith("; try 10min, 2h or 1d.\n")
                .doesNotContain("See");
        assertThat(rig.run("kill", "-s", "BOGUS", "web"))
                .isEqualTo(new CommandRig.Result(2, "", "--signal 'BOGUS' is no signal; try SIGTERM, HUP or 9.\n"));
        assertThat(rig.run("list-units", "--type", "sockets"))
                .isEqualTo(new CommandRig.Result(
                        2, "", "--type 'sockets' is none of socket, service, target; did you mean 'socket'?\n"));
        CommandRig.Result state = rig.run("list-units", "--state", "bogus");
        assertThat(state.status()).isEqualTo(2);
        assertThat(state.err()).startsWith("--state 'bogus' is none of ").contains("listening", "loaded", "failed");
        assertThat(rig.run("list-unit-files", "--state", "bogus").status()).isEqualTo(2);
        assertThat(rig.operations().requests()).isEmpty();
    }

    @Test
    void adviceOnAUnitThatThereIsNotIsAnError() {
        assertThat(rig.run("advise", "wbe"))
                .isEqualTo(new CommandRig.Result(
                        4, "", "Unit wbe.service could not be found; did you mean 'web.service'?\n"));
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
