package dev.activator.it.daemons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.Command;
import dev.activator.it.rig.NeedsProgram;
import dev.activator.it.rig.SuperServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Daemons that learn of their sockets in words of their own, HandoffAs=. What they would bind to is taken: by the super-server. */
@NeedsProgram({"haproxy", "gunicorn", "puma", "php-fpm8.2", "cgi-fcgi", "h2o", "curl"})
class DialectsTest {
    @RegisterExtension
    static final SuperServer SERVER = SuperServer.over("dialects");

    @ParameterizedTest
    @CsvSource({"haproxy, ''", "gunicorn, ''", "puma, ''", "h2o, index.txt"})
    void aWebServerAnswersTheRequestThatWokeItAndTheNext(String daemon, String file) {
        for (int i = 0; i < 2; i++) {
            assertThat(get(daemon, file)).isEqualTo("served by " + daemon + "\n");
        }
        assertThat(SERVER.status(daemon + ".socket").at("/socket/activations").asInt())
                .isEqualTo(1);
    }

    private static String get(String daemon, String file) {
        return Command.of(
                        "curl",
                        "-sS",
                        "--fail",
                        "--max-time",
                        "20",
                        "http://127.0.0.1:" + SERVER.port(daemon) + "/" + file)
                .run()
                .succeeded()
                .out();
    }

    @Test
    void phpFpmAnswersAFastCgiClient() {
        for (int i = 0; i < 2; i++) {
            assertThat(Command.of("cgi-fcgi", "-bind", "-connect", "127.0.0.1:" + SERVER.port("fpm"))
                            .environment(
                                    "SCRIPT_FILENAME", SERVER.file("hello.php").toString())
                            .environment("REQUEST_METHOD", "GET")
                            .run()
                            .succeeded()
                            .out())
                    .contains("served by php-fpm");
        }
        assertThat(SERVER.status("fpm.socket").at("/socket/activations").asInt())
                .isEqualTo(1);
    }
}
