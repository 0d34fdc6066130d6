package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "64K, 65536",
        "1.5M, 1572864",
        "1G 512M, 1610612736",
        "5B, 5",
        "1K5, 1029",
        "64 K, 65536",
        "7E, 8070450532247928832"
    })
    void sizesHaveBase1024(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "64KB", "1M 1G", "-1", "abc", "8E", "K"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ByteSize.parse(text));
    }

    @org.junit.jupiter.api.Test
    void smallLettersAreRefusedWithTheLargeOneAsAHint() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ByteSize.parse("64k"))
                .withMessageContaining("'64K'");
    }
}
