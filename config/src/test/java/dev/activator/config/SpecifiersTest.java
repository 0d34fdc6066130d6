package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecifiersTest {

    private static String expand(String unit, String text) {
        return new Specifiers(Units.name(unit), HostFacts.forTests(), Path.of("/etc/units/x.service")).expand(text);
    }

    @ParameterizedTest
    @CsvSource({
        "%n, foo-bar\\x2dbaz@a-b.service",
        "%N, foo-bar\\x2dbaz@a-b",
        "%p, foo-bar\\x2dbaz",
        "%P, foo/bar-baz",
        "%i, a-b",
        "%I, a/b",
        "%j, bar\\x2dbaz",
        "%J, bar-baz",
        "%f, /a/b",
        "%y, /etc/units/x.service",
        "%Y, /etc/units",
    })
    void namesAndFilesOfTheUnit(String specifier, String value) {
        assertThat(expand("foo-bar\\x2dbaz@a-b.service", specifier)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "%H, testhost.example",
        "%l, testhost",
        "%t, /run",
        "%S, /var/lib",
        "%C, /var/cache",
        "%L, /var/log",
        "%E, /etc",
        "%T, /tmp",
        "%V, /var/tmp",
        "%u, root",
        "%U, 0",
        "%g, root",
        "%h, /root",
        "%s, /bin/sh",
        "%v, 6.1.0-test",
        "%a, x86-64",
        "%D, /usr/share",
        "%m, 0123456789abcdef0123456789abcdef",
        "%b, fedcba9876543210fedcba9876543210"
    })
    void factsOfTheHost(String specifier, String value) {
        assertThat(expand("x.service", specifier)).isEqualTo(value);
    }

    @Test
    void percentSignsAreKeptWhereTheyMeanNothing() {
        assertThat(expand("x.service", "100%% %z 5%")).isEqualTo("100% %z 5%");
    }

    @Test
    void aPlainUnitHasNoInstanceAndItsFileIsItsPrefix() {
        assertThat(expand("a-b.service", "[%i] %f")).isEqualTo("[] /a/b");
    }

    @Test
    void whatIsInsertedIsNotExpandedAgain() {
        assertThat(expand("x@%%n.service".replace("%", ""), "%i%%n")).isEqualTo("n%n");
    }
}
