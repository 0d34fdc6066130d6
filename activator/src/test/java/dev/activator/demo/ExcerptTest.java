package dev.activator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExcerptTest {
    private static final List<String> LINES = List.of("head", "a", "b", "c", "foot", "d");

    @Test
    void gapsSayHowMuchIsMissing() {
        assertThat(Excerpt.of(LINES, line -> line.equals("head") || line.equals("foot")))
                .containsExactly("head", "... 3 more lines", "foot", "... 1 more line");
    }

    @Test
    void nothingIsAddedWhereNothingIsMissing() {
        assertThat(Excerpt.of(LINES, line -> true)).isEqualTo(LINES);
    }
}
