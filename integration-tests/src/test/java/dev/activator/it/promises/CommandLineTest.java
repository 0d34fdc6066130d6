package dev.activator.it.promises;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.activator.it.rig.Command;
import dev.activator.it.rig.LineClient;
import dev.activator.it.rig.NeedsProgram;
import dev.activator.it.rig.Outcome;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The command line, in systemctl's words, columns and exit codes. */
class CommandLineTest {

    @RegisterExtension
    static final SuperServer SERVER = SuperServer.over("cli");

    @Test
    void listSocketsHasSystemctlsColumns() {
        List<String> lines =
                SERVER.cli("list-sockets").succeeded().out().lines().toList();
        assertThat(lines.get(0)).matches("LISTEN +UNIT +ACTIVATES *");
        assertThat(lines)
                .anyMatch(line ->
                        line.matches("127\\.0\\.0\\.1:" + SERVER.port("echo") + " +echo\\.socket +echo@\\.service *"))
                .anyMatch(line -> line.matches(SERVER.file("stays.sock") + " +stays\\.socket +stays\\.service *"));
        assertThat(lines).anyMatch(line -> line.matches("\\d+ sockets listed\\."));
    }

    @Test
    void statusOfASocketReadsLikeSystemctls() {
        Outcome status = SERVER.cli("status", "echo.socket");
        assertThat(status.exitCode()).isZero();
        assertThat(status.out())
                .contains("echo.socket - Echo for the command line's tests")
                .containsPattern(" Loaded: loaded \\(.*echo\\.socket;")
                .containsPattern(" Active: active \\(listening\\) since ")
                .contains(" Listen: 127.0.0.1:" + SERVER.port("echo") + " (Stream)")
                .containsPattern(" Accepted: \\d+; Connected: \\d+");
    }

    @Test
    void exitCodesAreSystemctls() {
        assertThat(SERVER.cli("is-active", "echo.socket").exitCode()).isZero();
        assertThat(SERVER.cli("is-active", "sleeping.service").exitCode()).isEqualTo(3);
        assertThat(SERVER.cli("is-failed", "echo.socket").exitCode()).isEqualTo(1);
        assertThat(SERVER.cli("status", "sleeping.service").exitCode()).isEqualTo(3);
        assertThat(SERVER.cli("status", "nobody-knows.service").exitCode()).isEqualTo(4);
        assertThat(SERVER.cli("start", "nobody-knows.service").exitCode()).isEqualTo(5);
        assertThat(SERVER.cli("no-such-verb").exitCode()).isNotZero();
    }

    @Test
    void anUnknownUnitIsNamedWithASuggestion() {
        Outcome outcome = SERVER.cli("start", "ecko.socket");
        assertThat(outcome.err()).contains("ecko.socket").contains("echo.socket");
    }

    @Test
    void aServiceIsStartedShownKilledAndStoppedByHand() {
        SERVER.cli("start", "sleeping.service").succeeded();
        assertThat(SERVER.cli("is-active", "sleeping.service").out()).isEqualTo("active\n");
        long pid = SERVER.mainPid("sleeping.service");
        assertThat(SERVER.property("sleeping.service", "MainPID")).isEqualTo(Long.toString(pid));
        SERVER.cli("restart", "sleeping.service").succeeded();
        assertThat(SERVER.mainPid("sleeping.service")).isNotZero().isNotEqualTo(pid);
        SERVER.cli("kill", "-s", "KILL", "sleeping.service").succeeded();
        SERVER.awaitState("sleeping.service", "failed", "failed");
        assertThat(SERVER.cli("is-failed", "sleeping.service").exitCode()).isZero();
        SERVER.cli("reset-failed", "sleeping.service").succeeded();
        assertThat(SERVER.state("sleeping.service")).isEqualTo("inactive (dead)");
    }

    @Test
    void aSocketIsStoppedAndStartedByHand() throws IOException {
        SERVER.cli("stop", "closable.socket").succeeded();
        assertThat(SERVER.cli("is-active", "closable.socket").exitCode()).isEqualTo(3);
        SERVER.cli("start", "closable.socket").succeeded();
        assertThat(LineClient.ask(SERVER.port("closable"), "open again")).isEqualTo("open again");
        SERVER.awaitIdle("closable.socket");
    }

    @Test
    void aMaskedUnitCannotBeStartedUntilItIsUnmasked() {
        SERVER.cli("mask", "maskable.service").succeeded();
        assertThat(SERVER.cli("is-enabled", "maskable.service").out()).isEqualTo("masked\n");
        assertThat(SERVER.cli("start", "maskable.service").exitCode()).isNotZero();
        SERVER.cli("unmask", "maskable.service").succeeded();
        SERVER.cli("start", "maskable.service").succeeded();
        SERVER.cli("stop", "maskable.service").succeeded();
    }

    @Test
    void whatAServiceWritesIsInItsLog() {
        SERVER.cli("start", "talking.service").succeeded();
        SERVER.awaitServiceOutput("talking.service", "to standard output");
        SERVER.awaitServiceOutput("talking.service", "to standard error");
    }

    @Test
    void catPrintsTheFileWithItsPath() {
        assertThat(SERVER.cli("cat", "echo.socket").succeeded().out())
                .startsWith("# " + SERVER.scenario().units().resolve("echo.socket"))
                .contains("Accept=yes");
    }

    @Test
    void jsonIsThereForScripts() {
        JsonNode sockets = SERVER.json("list-sockets");
        assertThat(sockets.toString()).contains("echo.socket").contains("127.0.0.1:" + SERVER.port("echo"));
        assertThat(SERVER.json("status", "echo.socket").toString()).contains("listening");
    }

    @Test
    void versionAndHelpNeedNoSuperServer() {
        assertThat(SERVER.cli("--version").succeeded().out()).containsPattern("\\d+\\.\\d+");
        assertThat(SERVER.cli("--help").succeeded().out())
                .contains("run", "demo", "verify", "status", "list-sockets", "logs");
    }

    @Test
    @NeedsProgram("curl")
    void curlReachesTheControlApi() {
        String answer = Command.of(
                        "curl",
                        "-sS",
                        "--fail",
                        "--max-time",
                        "10",
                        "--unix-socket",
                        SERVER.scenario().runtime().resolve("control.sock").toString(),
                        "http://localhost/v1/units/echo.socket")
                .run()
                .succeeded()
                .out();
        assertThat(answer).contains("\"echo.socket\"");
    }
}
