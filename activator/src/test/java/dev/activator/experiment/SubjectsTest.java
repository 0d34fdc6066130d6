package dev.activator.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.activator.cli.Failure;
import dev.activator.config.HostFacts;
import dev.activator.config.SleepDirectives;
import dev.activator.config.SocketUnit;
import dev.activator.config.UnitCatalog;
import dev.activator.config.UnitLoader;
import dev.activator.config.UnitName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectsTest {
    @TempDir
    private Path directory = Path.of("");

    private Declared declared() {
        return new Declared(directory)
                .service("db", "ListenStream=/run/db\nListenStream=@db")
                .service("syslog", "ListenDatagram=/run/log")
                .service("web", "ListenStream=80\nListenStream=[::1]:443");
    }

    @Test
    void eachSocketGetsAPlaceOfItsOwnAndClientsComeToTheFirstStream() throws IOException {
        Subjects subjects = declared().subjects();

        assertThat(subjects.chosen()).extracting(Subject::socket).hasToString("[db.socket, syslog.socket, web.socket]");
        List<String> places = subjects.chosen().stream()
                .flatMap(subject -> subject.places().stream())
                .map(place -> place.endpoint().toString())
                .toList();
        assertThat(places).hasSize(5).doesNotHaveDuplicates();
        assertThat(places.subList(3, 5)).allMatch(place -> place.startsWith("127.0.0.1:"));
        assertThat(subjects.chosen().get(1).visited()).isNull();
        assertThat(subjects.chosen().get(2).visited()).hasToString(places.get(3));
    }

    @Test
    void theOverlayMovesSocketsKeepsServicesAwakeAndMasksWhoDoesNotTakePart() throws IOException {
        Subjects subjects = declared().subjects("web.socket", "syslog.socket");
        Path overlay = Files.createDirectory(directory.resolve("overlay"));

        Overlay.write(overlay, subjects, Mode.ALWAYS_ON, null);

        UnitCatalog catalog = UnitLoader.load(List.of(overlay, directory), HostFacts.forTests());
        assertThat(catalog.problems()).isEmpty();
        SocketUnit web = Objects.requireNonNull(catalog.sockets().get(UnitName.parse("web.socket")));
        assertThat(web.listen())
                .hasSize(2)
                .allMatch(each -> each.address().toString().startsWith("127.0.0.1:"));
        assertThat(catalog.sockets()).doesNotContainKey(UnitName.parse("db.socket"));
        assertThat(catalog.service(Objects.requireNonNull(UnitName.parse("web.service")))
                        .orElseThrow()
                        .isSet(SleepDirectives.IDLE_TIMEOUT))
                .isTrue();
    }

    @Test
    void aTimeoutIsPutOnlyWhereOneIsAskedFor() throws IOException {
        Subjects subjects = declared().subjects("web.socket");
        Path own = Files.createDirectory(directory.resolve("own"));
        Path other = Files.createDirectory(directory.resolve("other"));

        Overlay.write(own, subjects, Mode.LAZY, null);
        Overlay.write(other, subjects, Mode.LAZY, Duration.ofSeconds(20));

        assertThat(own.resolve("web.service.d")).doesNotExist();
        assertThat(other.resolve("web.service.d/zzz-measure.conf")).content().contains("IdleTimeoutSec=20000ms");
    }

    @Test
    void aWrongNameGetsASuggestionAndAWrongDirectoryIsSaid() {
        assertThatThrownBy(() -> declared().subjects("wbe.socket"))
                .isInstanceOf(Failure.class)
                .hasMessage("There is no socket unit 'wbe.socket'; did you mean 'web.socket'?");
        assertThatThrownBy(() -> declared().subjects("x*.socket")).hasMessage("No socket unit matches x*.socket.");
        assertThatThrownBy(() -> new Declared(directory.resolve("nowhere")).subjects())
                .hasMessageContaining("there is no directory");
    }

    @Test
    void aDirectoryWithoutSocketsIsSaid() {
        assertThatThrownBy(() -> new Declared(directory).subjects()).hasMessageContaining("There is no socket unit in");
    }

    @Test
    void whatWouldNotStartCannotTakePart() {
        declared().file("web.service", "[Service]\nExecStart=/bin/cat\nSystemCallFilter=@system-service\n");

        assertThatThrownBy(() -> new Declared(directory).subjects("web.socket"))
                .hasMessageContaining("'web.socket' would not start:")
                .hasMessageContaining("SystemCallFilter=")
                .hasMessageContaining("--allow-unsupported-hardening");
    }
}
