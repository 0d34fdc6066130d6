package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandoffChecksTest {
    @TempDir
    private Path units;

    @BeforeEach
    void services() throws IOException {
        Files.writeString(units.resolve("w.service"), "[Service]\nExecStart=/bin/true\n");
    }

    private UnitCatalog load(String settings) throws IOException {
        Files.writeString(units.resolve("w.socket"), "[Socket]\n" + settings.replace(';', '\n') + "\n");
        return UnitLoader.load(java.util.List.of(units), HostFacts.forTests());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ListenStream=80;Accept=yes;[X-Activator];Handoff=pass | Handoff=pass cannot be set with Accept=yes: a connection goes to a service that runs, or to one of its own",
                "ListenDatagram=80;[X-Activator];Handoff=pass | Handoff=pass needs connections, which ListenDatagram= '[::]:80' does not have; move it to another unit",
                "ListenStream=80;FlushPending=yes;[X-Activator];Handoff=pass | FlushPending=yes cannot be set with Handoff=pass, which leaves nothing pending",
                "ListenStream=80;[X-Activator];Handoff=pass;Workers=2 | there is no template 'w@.service' to start; there is 'w.service', but more than one of Workers= needs a template",
            })
    void whatCannotBeTogetherRefusesTheUnit(String settings, String message) throws IOException {
        UnitCatalog catalog = load(settings);
        assertThat(catalog.sockets()).isEmpty();
        assertThat(catalog.problems().get(0).toString()).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ListenStream=80;[X-Activator];Workers=3 | Workers= has no effect without Handoff=pass",
                "ListenStream=80;[X-Activator];Handoff=pas | Handoff= 'pas': expected one of listen, pass; did you mean 'pass'?, ignoring",
                "ListenStream=80;[X-Activator];Handoff=pass;Workers=0 | Workers= '0'",
                "ListenStream=80;[X-Activator];HandoffAs=nginx | HandoffAs= is not supported (it holds for services; set it in the service unit), ignoring",
            })
    void whatHoldsForNothingIsTold(String settings, String message) throws IOException {
        UnitCatalog catalog = load(settings);
        assertThat(catalog.sockets()).hasSize(1);
        assertThat(catalog.problems().get(0).toString()).contains(message);
    }

    @Test
    void aDialectThatNobodySpeaksIsLeftOutWithTheOnesThereAre() throws IOException {
        Files.writeString(
                units.resolve("w.service"),
                "[Service]\nExecStart=/bin/true\n[X-Activator]\nHandoffAs=nginx einhor systemd\n");
        UnitCatalog catalog = load("ListenStream=80");
        assertThat(catalog.problems().get(0).toString())
                .contains("w.service:4:17: warning: HandoffAs= 'einhor': expected one of systemd, pidfdid, nginx")
                .contains("did you mean 'einhorn'?");
        assertThat(catalog.services().values().iterator().next().get(HandoffDirectives.HANDOFF_AS))
                .containsExactly(HandoffDialect.NGINX, HandoffDialect.SYSTEMD);
    }
}
