package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands in a file, reading it ends with units and problems, never with an exception. */
class ParserPropertyTest {

    @Property(tries = 500)
    void bytesOfAnyKind(@ForAll byte[] bytes) {
        for (String name : List.of("x.socket", "x@y.service", "x@.service", "x.target")) {
            assertSane(UnitText.parse(Units.name(name), bytes, HostFacts.forTests()));
        }
    }

    @Property(tries = 1000)
    void textThatLooksLikeAUnitFile(@ForAll("unitText") String text) {
        for (String name : List.of("x.socket", "x@y.service", "x@.service")) {
            assertSane(UnitText.parse(Units.name(name), text.getBytes(StandardCharsets.UTF_8), HostFacts.forTests()));
        }
    }

    @Property(tries = 300)
    void anyValueForEveryDirective(@ForAll("value") String value) {
        for (UnitType type : UnitType.values()) {
            StringBuilder text = new StringBuilder();
            for (Directive<?> row : DirectiveTable.of(type).all()) {
                text.append('[')
                        .append(row.section())
                        .append("]\n")
                        .append(row)
                        .append(value)
                        .append('\n');
            }
            UnitName name = new UnitName("x", null, type);
            assertSane(UnitText.parse(name, text.toString().getBytes(StandardCharsets.UTF_8), HostFacts.forTests()));
        }
    }

    @Property(tries = 500)
    void yamlAndJsonOfAnyKind(@ForAll("structured") String text) {
        for (String file : List.of("x.yaml", "x.json")) {
            StructuredFiles.Declared declared = StructuredReader.read(Path.of(file), text);
            declared.problems().forEach(ParserPropertyTest::assertSane);
        }
    }

    @Property(tries = 500)
    void environmentFilesOfAnyKind(@ForAll("value") String text) {
        assertThat(EnvironmentFiles.parse(text).keySet()).allMatch(EnvironmentSyntax::isName);
    }

    private static void assertSane(UnitText.Parsed parsed) {
        parsed.problems().forEach(ParserPropertyTest::assertSane);
        boolean failed =
                parsed.problems().stream().anyMatch(problem -> problem.message().endsWith("not loaded"));
        assertThat(parsed.unit() != null && failed).isFalse();
    }

    private static void assertSane(Problem problem) {
        assertThat(problem.toString()).isNotBlank().doesNotContain("\n", "\r");
        assertThat(problem.location().line()).isNotNegative();
        assertThat(problem.location().column()).isNotNegative();
    }

    @Provide
    Arbitrary<String> unitText() {
        return pieces(
                "[Socket]\n",
                "[Service]\n",
                "[Unit]",
                "[",
                "]",
                "\n",
                "\r",
                "\\\n",
                "\\",
                "#",
                ";",
                "=",
                " ",
                "ListenStream=",
                "ExecStart=",
                "Environment=",
                "\"",
                "'",
                "%i",
                "%",
                "\uFEFF",
                "é",
                "\0",
                "/bin/x",
                "80",
                "$",
                "-",
                "@",
                "X-",
                "Accept=yes");
    }

    @Provide
    Arbitrary<String> structured() {
        return pieces(
                "x.service",
                "x.socket",
                ":",
                " ",
                "\n",
                "  ",
                "{",
                "}",
                "[",
                "]",
                ",",
                "\"",
                "'",
                "Service",
                "ExecStart",
                "- ",
                "|",
                ">",
                "&a ",
                "*a",
                "!!int ",
                "null",
                "~",
                "1",
                "#",
                "---",
                "\t",
                "?",
                "\\",
                "é");
    }

    @Provide
    Arbitrary<String> value() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(20),
                pieces(
                        "/",
                        "a",
                        "0",
                        "9",
                        ":",
                        ".",
                        "[",
                        "]",
                        "%",
                        "\"",
                        "'",
                        "\\",
                        " ",
                        "=",
                        "-",
                        "~",
                        "@",
                        "$",
                        ";",
                        "x",
                        "é",
                        "infinity",
                        "K",
                        "s"));
    }

    private static Arbitrary<String> pieces(String... pieces) {
        return Arbitraries.of(pieces).list().ofMaxSize(30).map(list -> String.join("", list));
    }
}
