package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DirectiveTableTest {

    static List<String> lines(String resource) {
        try (InputStream in = DirectiveTableTest.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new AssertionError("no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyDirectiveThatSystemd262KnowsHasARow() {
        List<String> names = lines("systemd-262-directives.txt");
        assertThat(names).hasSizeGreaterThan(500);
        for (String line : names) {
            String section = line.substring(0, line.indexOf('.'));
            String name = line.substring(section.length() + 1);
            if (!section.equals("Exec")) {
                DirectiveTable table = section.equals("Socket") ? DirectiveTable.socket() : DirectiveTable.service();
                assertThat(table.find(section, name)).as(line).isPresent();
            } else {
                assertThat(DirectiveTable.service().find("Service", name))
                        .as(line)
                        .isPresent();
                assertThat(DirectiveTable.socket().find("Socket", name))
                        .as(line)
                        .isPresent();
            }
        }
    }

    @Test
    void noRowIsMadeUp() {
        List<String> names = lines("systemd-262-directives.txt");
        for (Directive<?> row : DirectiveTable.service().all()) {
            boolean known = names.contains(row.section() + "." + row.name()) || names.contains("Exec." + row.name());
            assertThat(known || row.relation() == Relation.OURS)
                    .as(row.section() + "." + row.name())
                    .isTrue();
        }
    }

    @Test
    void everyRowIsDocumentedInALine() {
        for (DirectiveTable table :
                List.of(DirectiveTable.socket(), DirectiveTable.service(), DirectiveTable.target())) {
            for (Directive<?> row : table.all()) {
                assertThat(row.doc())
                        .as(row.toString())
                        .endsWith(".")
                        .hasSizeBetween(8, 140)
                        .doesNotContain("\n");
                assertThat(row.valueSyntax()).as(row.toString()).isNotEmpty();
                assertThat(row.since()).as(row.toString()).matches("|1[89][0-9]|2[0-9][0-9]");
            }
        }
    }

    @Test
    void defaultsPrintAsTheyParse() {
        for (Directive<?> row : DirectiveTable.service().properties()) {
            if (row.support() instanceof Support.Applied) {
                roundTripsItsDefault(row);
            }
        }
    }

    private static <T> void roundTripsItsDefault(Directive<T> row) {
        boolean hasNone = row.defaultValue().equals(Optional.empty())
                || row.format(row.defaultValue()).isEmpty();
        if (!hasNone) {
            String assignment = row.name() + "="
                    + row.syntax().assignments(row.defaultValue()).get(0);
            UnitText.Parsed parsed =
                    Units.parse("x.service", "[Service]", "ExecStart=/x", "[" + row.section() + "]", assignment);
            assertThat(parsed.unit()).as(assignment + parsed.problems()).isNotNull();
            assertThat(Units.loaded(parsed).isSet(row)).isTrue();
            assertThat(Units.loaded(parsed).get(row)).isEqualTo(row.defaultValue());
        }
    }

    @Test
    void namesAreSuggestedFromTheSameSectionOrShownTheirOwn() {
        DirectiveTable table = DirectiveTable.socket();
        assertThat(table.suggest("Socket", "listenstream")).contains("'ListenStream='");
        assertThat(table.suggest("Socket", "Descripton")).isEmpty();
        assertThat(table.suggest("Socket", "WantedBy")).contains("'WantedBy=' in [Install]");
        assertThat(table.suggest("Socket", "x".repeat(10_000))).isEmpty();
    }
}
