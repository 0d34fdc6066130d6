package dev.activator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.experiment.Progress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
    @Test
    void stepsAreNumberedAndOutputIsIndented() {
        PlainScreen shown = new PlainScreen();
        Screen screen = new Screen(shown.terminal(), false);

        screen.step("One");
        screen.command(List.of("activator", "status"));
        screen.output(List.of("● activator", ""));

        assertThat(shown.text()).isEqualTo("\n1. One\n\n    $ activator status\n    ● activator\n\n");
        assertThat(screen.where()).isEqualTo("Step 1 ('One')");
    }

    @Test
    void progressOnATerminalRewritesItsLine() {
        PlainScreen shown = new PlainScreen(80);

        Progress progress = new Progress(shown.terminal(), "Answers");
        progress.update("1 of 2");
        progress.update("1 of 2");
        progress.end("all 2");

        assertThat(shown.text()).isEqualTo("\r\u001b[KAnswers: ...\r\u001b[KAnswers: 1 of 2\r\u001b[KAnswers: all 2\n");
    }

    @Test
    void progressElsewhereIsALineAtBothEnds() {
        PlainScreen shown = new PlainScreen();

        Progress progress = new Progress(shown.terminal(), "Answers");
        progress.update("1 of 2");
        progress.end("all 2");

        assertThat(shown.text()).isEqualTo("Answers ...\nAnswers: all 2\n");
    }
}
