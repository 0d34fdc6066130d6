package dev.activator.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class UnitGlobTest {
    @Test
    void bareNameMeansTheService() {
        assertThat(UnitGlob.complete("web")).isEqualTo("web.service");
        assertThat(UnitGlob.complete("web.socket")).isEqualTo("web.socket");
        assertThat(UnitGlob.complete("a.b")).isEqualTo("a.b.service");
        assertThat(UnitGlob.complete("web*")).isEqualTo("web*");
    }

    @Test
    void patternsMatchAsInTheShell() {
        assertThat(UnitGlob.matches("web.socket", "web*")).isTrue();
        assertThat(UnitGlob.matches("web1.service", "web?.service")).isTrue();
        assertThat(UnitGlob.matches("web1.service", "web[12].service")).isTrue();
        assertThat(UnitGlob.matches("web3.service", "web[12].service")).isFalse();
        assertThat(UnitGlob.matches("a,b.service", "{a,b}*")).isFalse();
        assertThat(UnitGlob.matches("ssh@0-10.0.0.1:22.service", "ssh@*.service"))
                .isTrue();
        assertThat(UnitGlob.matches("web[.service", "web[.service")).isTrue();
        assertThat(UnitGlob.matches("web1.service", "web[1.service")).isFalse();
        assertThat(UnitGlob.matches("anything.socket", List.<String>of())).isTrue();
    }
}
