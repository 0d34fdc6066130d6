package dev.activator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps docs/state-machines.md equal to the machines; {@code -Dregenerate.docs=true} writes it anew. */
class StateMachineTablesTest {
    private static final Path PAGE = Path.of("..", "docs", "state-machines.md");

    @Test
    void documentShowsTheStatesAndTransitionsOfTheCode() throws IOException {
        String page = page();
        if (Boolean.getBoolean("regenerate.docs")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).content().isEqualTo(page);
    }

    private static String page() {
        StringBuilder text = new StringBuilder("""
                # State machines

                Generated from the code (`SocketState`, `ServiceState`); a test fails when this page differs.

                ## Socket unit

                | state | shown as | listeners | watched | may be followed by |
                |---|---|---|---|---|
                """);
        for (SocketState state : SocketState.values()) {
            text.append("| %s | %s (%s) | %s | %s | %s |%n"
                    .formatted(
                            state,
                            state.activeState(),
                            state.subState(),
                            state.isOpen() ? "open" : "closed",
                            state.isWatched() ? "yes" : "no",
                            names(state.successors(), SocketState::name)));
        }
        text.append("""

                ## Service instance

                | state | shown as | timer | may be followed by |
                |---|---|---|---|
                """);
        for (ServiceState state : ServiceState.values()) {
            text.append("| %s | %s (%s) | %s | %s |%n"
                    .formatted(
                            state,
                            state.activeState(),
                            state.subState(),
                            timer(state.timeout()),
                            names(state.successors(), ServiceState::name)));
        }
        return text.toString();
    }

    private static String timer(ServiceState.Timeout timeout) {
        return switch (timeout) {
            case NONE -> "–";
            case START -> "`TimeoutStartSec=`";
            case RUNTIME -> "`RuntimeMaxSec=`";
            case STOP -> "`TimeoutStopSec=`";
            case RESTART -> "`RestartSec=`, back-off";
            case FROZEN -> "`PageOutAfterSec=`, `FreezeMaxSec=`";
        };
    }

    private static <T extends Enum<T>> String names(Set<T> states, Function<T, String> name) {
        return states.stream().map(name).collect(Collectors.joining(", "));
    }

    @Test
    void everyStateButTheFirstCanBeReached() {
        for (SocketState state : SocketState.values()) {
            assertThat(Arrays.stream(SocketState.values())
                            .anyMatch(from -> from.successors().contains(state)))
                    .as("%s can be reached", state)
                    .isTrue();
        }
        for (ServiceState state : ServiceState.values()) {
            assertThat(Arrays.stream(ServiceState.values())
                            .anyMatch(from -> from.successors().contains(state)))
                    .as("%s can be reached", state)
                    .isTrue();
        }
    }
}
