package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What many units say is read once. */
class KnownValuesTest {
    @TempDir
    private Path temporary = Path.of("");

    private UnitCatalog load(UnitDirectory directory) {
        return UnitLoader.load(List.of(directory.path()), HostFacts.systemDirectories(), LoadOptions.DEFAULT);
    }

    private static <T> T value(UnitCatalog catalog, String unit, Directive<T> directive) {
        return catalog.service(UnitName.parse(unit)).orElseThrow().get(directive);
    }

    @Test
    void theSameTextIsOneValueInAllUnits() {
        UnitCatalog catalog = load(new UnitDirectory(temporary)
                .write("a.service", "[Service]", "ExecStart=/bin/cat -n", "Environment=A=1")
                .write("b.service", "[Service]", "ExecStart=/bin/cat -n", "Environment=A=1", "Environment=B=2"));
        assertThat(value(catalog, "a.service", ServiceDirectives.EXEC_START))
                .isSameAs(value(catalog, "b.service", ServiceDirectives.EXEC_START));
        assertThat(value(catalog, "a.service", ExecDirectives.ENVIRONMENT)).isEqualTo(Map.of("A", "1"));
        assertThat(value(catalog, "b.service", ExecDirectives.ENVIRONMENT)).isEqualTo(Map.of("A", "1", "B", "2"));
    }

    @Test
    void whatSpeaksOfItsUnitIsAnotherValueInEach() {
        UnitCatalog catalog = load(new UnitDirectory(temporary)
                .write("a.service", "[Service]", "ExecStart=/bin/echo %N", "Environment=NAME=%p")
                .write("b.service", "[Service]", "ExecStart=/bin/echo %N", "Environment=NAME=%p"));
        for (String name : List.of("a", "b")) {
            assertThat(value(catalog, name + ".service", ExecDirectives.ENVIRONMENT))
                    .isEqualTo(Map.of("NAME", name));
            assertThat(value(catalog, name + ".service", ServiceDirectives.EXEC_START)
                            .get(0)
                            .rawArgs())
                    .containsExactly("/bin/echo", name);
        }
    }

    @Test
    void aWrongWordIsToldInEachUnitThatHasIt() {
        UnitCatalog catalog = load(new UnitDirectory(temporary)
                .write("a.service", "[Service]", "ExecStart=/bin/cat", "Environment=A=1 C")
                .write("b.service", "[Service]", "ExecStart=/bin/cat", "Environment=A=1 C"));
        assertThat(catalog.problems())
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.message()).contains("'C': expected NAME=value"));
    }
}
