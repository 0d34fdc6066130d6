package dev.activator.service.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandoffTextsTest {
    @Test
    void reportsAreReadAsTheyAreWritten() {
        HandoffReport ended = new HandoffReport.Ended(3);
        HandoffReport closed = new HandoffReport.Closed();
        assertThat(HandoffReport.decode(ended.text() + closed.text())).contains(List.of(ended, closed));
        assertThat(HandoffReport.decode("ENDED 999999999999999999"))
                .contains(List.of(new HandoffReport.Ended(999999999999999999L)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "ENDED",
                "ENDED ",
                "ENDED 0",
                "ENDED -1",
                "ended 1",
                "ENDED 1 ENDED 2",
                "ENDED 1\n\nENDED 2",
                "ENDED 9999999999999999999",
                "ENDED 01",
                "ENDED １",
                "CLOSED 1",
                "CLOSE",
                "CLOSEDX",
                "GET / HTTP/1.1\r\n"
            })
    void anythingElseIsNoReport(String text) {
        assertThat(HandoffReport.decode(text)).isEmpty();
    }

    @Test
    void aSocketIsDescribedInOneLine() {
        PassedSocketText one = new PassedSocketText("a.socket", "http", "127.0.0.1:80", "10.0.0.5:4711");
        assertThat(one.encode()).isEqualTo("a.socket\thttp\t127.0.0.1:80\t10.0.0.5:4711\n");
        assertThat(PassedSocketText.decode(one.encode())).isEqualTo(one);
    }

    @Test
    void aPathWithTabsAndLinesInItStaysOneField() {
        PassedSocketText odd = new PassedSocketText("a.socket", "x", "/run/a\tb\nc", "");
        assertThat(PassedSocketText.decode(odd.encode()))
                .isEqualTo(new PassedSocketText("a.socket", "x", "/run/a?b?c", ""));
    }

    @Test
    void fieldsOfALaterVersionAreLeftOutAndMissingOnesAreEmpty() {
        assertThat(PassedSocketText.decode("a\tb\tc\td\te\n")).isEqualTo(new PassedSocketText("a", "b", "c", "d"));
        assertThat(PassedSocketText.decode("")).isEqualTo(new PassedSocketText("", "", "", ""));
    }
}
