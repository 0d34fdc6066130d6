package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.activator.handoff.FdMapping.Blocking;
import dev.activator.listener.BorrowedFd;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ListenFdsTest {
    private static final long PID = 4711;

    @Test
    void whatIsWrittenIsReadAgain() {
        ListenFds written = new ListenFds(List.of("web.socket", "admin", "web.socket"));
        Map<String, String> environment = new HashMap<>(written.environment());
        environment.put("LISTEN_PID", "4711");

        assertThat(ListenFds.decode(environment, PID)).contains(written);
        assertThat(environment)
                .containsEntry("LISTEN_FDS", "3")
                .containsEntry("LISTEN_FDNAMES", "web.socket:admin:web.socket");
    }

    @Test
    void descriptorsForAnotherProcessAreNotTaken() {
        assertThat(ListenFds.decode(Map.of("LISTEN_FDS", "1", "LISTEN_PID", "4712"), PID))
                .isEmpty();
        assertThat(ListenFds.decode(Map.of("LISTEN_FDS", "1"), PID)).isEmpty();
    }

    @Test
    void missingNamesAreUnknown() {
        assertThat(ListenFds.decode(Map.of("LISTEN_FDS", "2", "LISTEN_PID", "4711", "LISTEN_FDNAMES", "a"), PID))
                .contains(new ListenFds(List.of("a", "unknown")));
    }

    @Test
    void countThatIsNoCountGivesNothing() {
        for (String count : List.of("", "-1", "x", "99999999999", "3 ")) {
            assertThat(ListenFds.decode(Map.of("LISTEN_FDS", count, "LISTEN_PID", "4711"), PID))
                    .as("LISTEN_FDS=%s", count)
                    .isEmpty();
        }
    }

    @Test
    void nameWithAColonWouldBecomeTwo() {
        assertThatThrownBy(() -> new ListenFds(List.of("a:b"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(ListenFds.isName("a\tb")).isFalse();
        assertThat(ListenFds.isName("x".repeat(256))).isFalse();
        assertThat(ListenFds.isName("x".repeat(255))).isTrue();
    }

    @Test
    void descriptorsAreNumberedFromThreeInTheirOrder() {
        BorrowedFd a = new BorrowedFd(17, "a");
        BorrowedFd b = new BorrowedFd(9, "b");

        assertThat(ListenFds.mappings(List.of(a, b), Blocking.BLOCKING))
                .containsExactly(new FdMapping(3, a, Blocking.BLOCKING), new FdMapping(4, b, Blocking.BLOCKING));
    }
}
