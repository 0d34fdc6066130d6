package dev.activator.config;

import static dev.activator.config.Units.name;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitNameTest {

    @Test
    void aPlainUnitHasNoInstance() {
        UnitName web = name("web.socket");
        assertThat(web).isEqualTo(new UnitName("web", null, UnitType.SOCKET)).hasToString("web.socket");
        assertThat(web.isTemplate() || web.isInstance()).isFalse();
        assertThat(web.withType(UnitType.SERVICE)).hasToString("web.service");
    }

    @Test
    void anInstanceComesFromItsTemplate() {
        UnitName connection = name("ssh@0-10.0.0.1:22-10.0.0.2:4711.service");
        assertThat(connection.isInstance()).isTrue();
        assertThat(connection.instance()).isEqualTo("0-10.0.0.1:22-10.0.0.2:4711");
        assertThat(connection.template()).hasToString("ssh@.service").matches(UnitName::isTemplate);
        assertThat(name("ssh@.service").withInstance("x")).hasToString("ssh@x.service");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "web",
                ".socket",
                "@x.service",
                "@.service",
                "web.timer",
                "a b.socket",
                "ä.socket",
                "a/b.socket"
            })
    void otherTextsAreNoNames(String text) {
        assertThat(UnitName.parse(text)).isNull();
    }

    @Test
    void namesHaveAtMost255Bytes() {
        assertThat(UnitName.parse("a".repeat(248) + ".socket")).isNotNull();
        assertThat(UnitName.parse("a".repeat(249) + ".socket")).isNull();
    }

    // What systemd-escape of version 252 prints.
    @ParameterizedTest
    @CsvSource({
        "'Hallöchen, Meister', 'Hall\\xc3\\xb6chen\\x2c\\x20Meister'",
        "a-b/c, a\\x2db-c",
        ".hidden, \\x2ehidden",
        "a.b@c, a.b\\x40c",
        "'back\\slash', 'back\\x5cslash'"
    })
    void anyTextBecomesPartOfANameAndComesBack(String text, String escaped) {
        assertThat(UnitEscape.escape(text)).isEqualTo(escaped);
        assertThat(UnitEscape.unescape(escaped)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"/tmp//waldi/foobar/, tmp-waldi-foobar, /tmp/waldi/foobar", "/, -, /", "/.x, \\x2ex, /.x"})
    void pathsBecomeNamesWithoutTheirOuterSlashes(String path, String escaped, String back) {
        assertThat(UnitEscape.escapePath(path)).isEqualTo(escaped);
        assertThat(UnitEscape.unescapePath(escaped)).isEqualTo(back);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\", "\\x", "\\x4", "\\xzz", "\\n", "\\xff"})
    void wrongEscapesMeanNothing(String text) {
        assertThat(UnitEscape.unescape(text)).isNull();
    }
}
