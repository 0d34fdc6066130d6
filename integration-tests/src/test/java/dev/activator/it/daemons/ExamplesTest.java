package dev.activator.it.daemons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.Command;
import dev.activator.it.rig.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of Java services, each by the very command that their README gives. */
class ExamplesTest {
    private static Outcome run(String example) {
        return Command.of(System.getProperty("activator.examples", "../handoff/examples/run"), example)
                .within(Duration.ofSeconds(90))
                .run();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "netty", "jetty", "tomcat"})
    void twoNamedListenersAreTakenFromListenFds(String server) {
        String shown = run(server + "-listen").succeeded().out();
        assertThat(shown)
                .containsPattern("hello from .* at 'http', pid [0-9]+, to 127.0.0.1:")
                .containsPattern("hello from .* at 'admin', pid [0-9]+, to 127.0.0.1:")
                .contains("Active: active (running)")
                .contains("\"serving at http and admin\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "netty", "jetty", "tomcat"})
    void theOneListenerIsTakenFromStandardInput(String server) {
        assertThat(run(server + "-stdin").succeeded().out())
                .containsPattern("hello from .* at 'standard input', pid [0-9]+, to 127.0.0.1:")
                .contains("Active: active (running)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "netty"})
    void connectionsArePassedAndTheServiceStopsWhenNoneIsLeft(String server) {
        String shown = run(server + "-pass").succeeded().out();
        assertThat(shown)
                .containsPattern("hello from .* at 'http', pid [0-9]+, to 127.0.0.1:")
                .contains("\"taking connections\"");
        assertThat(shown.substring(shown.indexOf("-- and a while later"))).contains("Active: inactive (dead)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "c"})
    void aProgramFetchesTheSocketByNameAndTheSuperServerLetsItServe(String language) {
        assertThat(run("fetch-" + language).succeeded().out())
                .containsPattern("hello from (Java|C)")
                .contains("Active: inactive (dead)");
    }

    @Test
    void anUnknownExampleIsAnsweredWithThoseThereAre() {
        Outcome outcome = run("jdk-lisen");
        assertThat(outcome.exitCode()).isEqualTo(100);
        assertThat(outcome.err()).contains("there is no example 'jdk-lisen'").contains("  jdk-listen");
    }
}
