package dev.activator.service.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ListenVariablesTest {
    private static final long PID = 4711;

    @Test
    void whatIsWrittenIsReadAgain() {
        ListenVariables written = new ListenVariables(List.of("web.socket", "admin", "web.socket"));
        Map<String, String> environment = new HashMap<>(written.environment());
        environment.put("LISTEN_PID", "4711");

        assertThat(ListenVariables.decode(environment, PID)).contains(written);
        assertThat(environment)
                .containsEntry("LISTEN_FDS", "3")
                .containsEntry("LISTEN_FDNAMES", "web.socket:admin:web.socket");
    }

    @Test
    void descriptorsForAnotherProcessAreNotTaken() {
        assertThat(ListenVariables.decode(Map.of("LISTEN_FDS", "1", "LISTEN_PID", "4712"), PID))
                .isEmpty();
        assertThat(ListenVariables.decode(Map.of("LISTEN_FDS", "1"), PID)).isEmpty();
    }

    @Test
    void missingNamesAreUnknown() {
        assertThat(ListenVariables.decode(Map.of("LISTEN_FDS", "2", "LISTEN_PID", "4711", "LISTEN_FDNAMES", "a"), PID))
                .contains(new ListenVariables(List.of("a", "unknown")));
    }

    @Test
    void countThatIsNoCountGivesNothing() {
        for (String count : List.of("", "-1", "x", "99999999999", "3 ")) {
            assertThat(ListenVariables.decode(Map.of("LISTEN_FDS", count, "LISTEN_PID", "4711"), PID))
                    .as("LISTEN_FDS=%s", count)
                    .isEmpty();
        }
    }

    @Test
    void nameWithAColonWouldBecomeTwo() {
        assertThatThrownBy(() -> new ListenVariables(List.of("a:b"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(ListenVariables.isName("a\tb")).isFalse();
        assertThat(ListenVariables.isName("x".repeat(256))).isFalse();
        assertThat(ListenVariables.isName("x".repeat(255))).isTrue();
    }
}
