package dev.activator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParagraphTest {
    @Test
    void linesBreakAtBlanksBeforeTheyAreTooLong() {
        assertThat(Paragraph.wrap("one two  three four", 9)).containsExactly("one two", "three", "four");
    }

    @Test
    void aWordThatIsTooLongHasALineOfItsOwn() {
        assertThat(Paragraph.wrap("a /a/very/long/path b", 6)).containsExactly("a", "/a/very/long/path", "b");
    }
}
