package dev.activator.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SuggestionTest {
    private static final List<String> VERBS = List.of("start", "status", "stop", "list-sockets");

    @Test
    void oneSlipIsUnderstood() {
        assertThat(Suggestion.closest("statsu", VERBS)).contains("status");
        assertThat(Suggestion.closest("strat", VERBS)).contains("start");
        assertThat(Suggestion.closest("list-socket", VERBS)).contains("list-sockets");
    }

    @Test
    void somethingElseIsNot() {
        assertThat(Suggestion.closest("frobnicate", VERBS)).isEmpty();
        assertThat(Suggestion.closest("stop", List.of("stop"))).isEmpty();
        assertThat(Suggestion.closest("", VERBS)).isEmpty();
    }

    @Test
    void unitsAreComparedWithoutTheirSuffix() {
        List<String> units = List.of("db.service", "web.service", "web.socket");
        assertThat(Suggestion.closestUnit("wbe.socket", units)).contains("web.socket");
        assertThat(Suggestion.closestUnit("db.socket", units)).contains("db.service");
        assertThat(Suggestion.closestUnit("nope.service", units)).isEmpty();
    }
}
