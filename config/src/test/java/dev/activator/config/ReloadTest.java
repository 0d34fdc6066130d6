package dev.activator.config;

import static dev.activator.config.Units.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are as they were are not read again; whatever changed is. */
class ReloadTest {
    private static final UnitName SERVICE = name("good.service");

    @TempDir
    Path temp;

    private UnitDirectory units;
    private UnitCatalog first;
    private long millisFromNow = 60_000;

    @BeforeEach
    void load() {
        units = new UnitDirectory(temp.resolve("units")).pair("good").pair("other");
        first = load(load(null));
    }

    private UnitCatalog load(UnitCatalog earlier) {
        return UnitLoader.load(
                List.of(units.path()),
                HostFacts.forTests(),
                LoadOptions.DEFAULT,
                earlier,
                () -> System.currentTimeMillis() + millisFromNow);
    }

    private static ServiceUnit service(UnitCatalog catalog) {
        return catalog.service(SERVICE).orElseThrow();
    }

    @Test
    void aUnitWhoseFilesAreAsTheyWereIsTheSame() {
        UnitCatalog second = load(first);
        assertThat(service(second)).isSameAs(service(first));
        assertThat(service(load(second))).isSameAs(service(first));
    }

    @Test
    void oneThatChangedIsReadThoughItsSizeIsTheSame() {
        units.write("good.service", "[Service]", "ExecStart=/bin/one");
        UnitCatalog one = load(first);
        units.write("good.service", "[Service]", "ExecStart=/bin/two");
        UnitCatalog two = load(one);
        assertThat(service(two).get(ServiceDirectives.EXEC_START).get(0).toString())
                .contains("/bin/two");
        assertThat(two.service(name("other.service"))).isEqualTo(first.service(name("other.service")));
    }

    @Test
    void aDropInCountsWhenItComesAndWhenItGoes() throws IOException {
        Path dropIn = units.path().resolve("good.service.d").resolve("a.conf");
        Files.createDirectories(dropIn.getParent());
        Files.writeString(dropIn, "[Service]\nRestart=always\n");
        UnitCatalog with = load(first);
        assertThat(service(with).get(ServiceDirectives.RESTART)).isEqualTo(RestartPolicy.ALWAYS);
        Files.delete(dropIn);
        assertThat(service(load(with)).get(ServiceDirectives.RESTART)).isEqualTo(RestartPolicy.NO);
    }

    @Test
    void aFileThatChangedJustNowIsReadAgain() {
        // By a clock that is behind, every file has changed but now.
        millisFromNow = -60_000;
        UnitCatalog second = load(first);
        assertThat(service(second)).isNotSameAs(service(first)).isEqualTo(service(first));
    }

    @Test
    void oneThatIsGoneIsGoneAndWhatIsWrongStaysSaid() throws IOException {
        units.write("bad.socket", "[Socket]", "ListenStream=99999");
        UnitCatalog bad = load(first);
        Files.delete(units.file("other.socket"));
        UnitCatalog last = load(bad);
        assertThat(last.sockets()).containsOnlyKeys(name("good.socket"));
        assertThat(last.problems()).isNotEmpty().isEqualTo(bad.problems());
    }
}
