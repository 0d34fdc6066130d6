package dev.activator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.control.Request;
import dev.activator.control.UnitOutcome;
import dev.activator.control.Verb;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RequestCommandsTest {
    @TempDir
    private Path directory;

    private CommandRig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new CommandRig(directory);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void everyVerbReachesTheServer() {
        for (Verb verb : Verb.values()) {
            CommandRig.Result result = verb.namesUnits() ? rig.run(verb.word(), "db") : rig.run(verb.word());
            assertThat(result).as(verb.word()).isEqualTo(new CommandRig.Result(0, "", ""));
        }
        assertThat(rig.operations().requests()).extracting(Request::verb).containsExactly(Verb.values());
    }

    @Test
    void patternsAreAskedForInOneRequest() {
        rig.run("restart", "web*", "db");
        assertThat(rig.operations().requests().get(0).units())
                .containsExactly("web.service", "web.socket", "db.service");
    }

    @Test
    void patternThatMatchesNothingAsksForNothing() {
        assertThat(rig.run("restart", "x*")).isEqualTo(new CommandRig.Result(0, "", ""));
        assertThat(rig.operations().requests()).isEmpty();
    }

    @Test
    void resetFailedWithoutAUnitMeansAll() {
        rig.run("reset-failed");
        assertThat(rig.operations().requests().get(0).units()).hasSize(5);
    }

    @Test
    void optionsGoAlong() {
        rig.run("kill", "-s", "HUP", "--kill-whom=main", "web");
        rig.run("enable", "--now", "web.socket");
        assertThat(rig.operations().requests())
                .extracting(Request::options)
                .isEqualTo(List.of(Map.of("signal", "HUP", "whom", "main"), Map.of("now", "yes")));
    }

    @Test
    void stoppingAServiceWarnsOnceThatItsSocketStaysUp() {
        String warning = "Stopping web.service, but it can still be activated by web.socket.";
        rig.operations().answer(name -> new UnitOutcome(name, UnitOutcome.DONE, "", List.of(warning)));
        assertThat(rig.run("stop", "web").err()).isEqualTo(warning + "\n");
    }

    @Test
    void unknownUnitIsFiveAndGetsASuggestion() {
        assertThat(rig.run("start", "wbe"))
                .isEqualTo(new CommandRig.Result(
                        5,
                        "",
                        "Failed to start wbe.service: Unit wbe.service not found.\ndid you mean 'web.service'?\n"));
    }

    @Test
    void failureIsExplainedAndPointsFurther() {
        rig.operations()
                .answer(name -> UnitOutcome.refused(
                        name,
                        UnitOutcome.FAILED,
                        "db.service: cannot execute '/no/such': ENOENT (No such file or directory)"));
        CommandRig.Result result = rig.run("start", "db");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("""
                        Failed to start db.service: db.service: cannot execute '/no/such': ENOENT (No such file or directory)
                        See 'activator status db.service' and 'activator logs db.service'.
                        """);
    }

    @Test
    void outcomeForPrograms() {
        assertThat(rig.run("start", "--json", "web").out())
                .isEqualToIgnoringWhitespace(
                        "{ \"units\" : [ { \"unit\" : \"web.service\", \"exitStatus\" : 0, \"message\" : \"\", \"notes\" : [ ] } ] }");
    }
}
