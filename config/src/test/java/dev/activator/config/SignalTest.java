package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalTest {

    @ParameterizedTest
    @CsvSource({
        "SIGTERM, 15, SIGTERM",
        "TERM, 15, SIGTERM",
        "15, 15, SIGTERM",
        "KILL, 9, SIGKILL",
        "RTMIN+3, 37, SIGRTMIN+3",
        "SIGRTMAX-1, 63, SIGRTMIN+29",
        "RTMIN, 34, SIGRTMIN+0",
        "SIGPOLL, 29, SIGIO",
        "SYS, 31, SIGSYS"
    })
    void signalsHaveNamesAndNumbers(String text, int number, String name) {
        Signal signal = Signal.parse(text);
        assertThat(signal).isEqualTo(new Signal(number));
        assertThat(new Signal(number).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SIG", "sigterm", "SIG15", "0", "65", "99", "RTMIN+31", "RTMAX-99", "RTMIN-1", "FOO"})
    void anythingElseIsNone(String text) {
        assertThat(Signal.parse(text)).isNull();
    }
}
