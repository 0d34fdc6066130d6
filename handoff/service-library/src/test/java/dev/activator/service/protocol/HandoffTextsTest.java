package dev.activator.service.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandoffTextsTest {
    @Test
    void reportsAreReadAsTheyAreWritten() {
        HandoffReport taken = new HandoffReport.Taken(17);
        HandoffReport ended = new HandoffReport.Ended(3);
        assertThat(HandoffReport.decode(taken.text() + ended.text())).contains(List.of(taken, ended));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "TAKEN",
                "TAKEN 0",
                "TAKEN -1",
                "taken 1",
                "TAKEN 1 ENDED 1",
                "TAKEN 1\n\nENDED 1",
                "TAKEN 99999999999999999999",
                "TAKEN 01",
                "TAKEN １"
            })
    void anythingElseIsNoReport(String text) {
        assertThat(HandoffReport.decode(text)).isEmpty();
    }

    @Test
    void socketsAreDescribedInTheirOrder() {
        PassedSocketText one = new PassedSocketText("a.socket", "http", "127.0.0.1:80", "10.0.0.5:4711");
        PassedSocketText two = new PassedSocketText("b.socket", "x", "/run/b", "pid 1 uid 0");
        assertThat(PassedSocketText.decode(PassedSocketText.encode(List.of(one, two)), 2))
                .containsExactly(one, two);
    }

    @Test
    void aPathWithTabsAndLinesInItStaysOneField() {
        PassedSocketText odd = new PassedSocketText("a.socket", "x", "/run/a\tb\nc", "");
        assertThat(PassedSocketText.decode(PassedSocketText.encode(List.of(odd)), 1))
                .containsExactly(new PassedSocketText("a.socket", "x", "/run/a?b?c", ""));
    }

    @Test
    void fieldsOfALaterVersionAreLeftOutAndMissingOnesAreEmpty() {
        assertThat(PassedSocketText.decode("a\tb\tc\td\te\n", 2))
                .containsExactly(new PassedSocketText("a", "b", "c", "d"), new PassedSocketText("", "", "", ""));
    }
}
