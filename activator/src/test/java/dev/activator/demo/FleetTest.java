package dev.activator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.config.HostFacts;
import dev.activator.config.ServiceDirectives;
import dev.activator.config.ServiceUnit;
import dev.activator.config.SleepDirectives;
import dev.activator.config.SocketReferences;
import dev.activator.config.SocketUnit;
import dev.activator.config.UnitCatalog;
import dev.activator.config.UnitLoader;
import dev.activator.config.UnitName;
import dev.activator.experiment.Endpoint;
import dev.activator.experiment.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void unitFilesLoadWithoutAProblem() throws IOException {
        UnitCatalog catalog = write(fleet(20, withPerl()));

        assertThat(catalog.problems()).isEmpty();
        assertThat(catalog.sockets()).hasSize(20);
        assertThat(catalog.services()).hasSize(16);
        assertThat(catalog.templates()).hasSize(4);
    }

    @Test
    void everyServiceThatOutlivesAConnectionIsStoppedWhenIdle() throws IOException {
        UnitCatalog catalog = write(fleet(5, withPerl()));

        assertThat(catalog.services().values())
                .allSatisfy(unit ->
                        assertThat(unit.get(SleepDirectives.IDLE_TIMEOUT)).isEqualTo(Duration.ofSeconds(2)));
    }

    @Test
    void unixSocketsAndPortsAreListenedTo() throws IOException {
        UnitCatalog catalog = write(fleet(5, withPerl()));

        assertThat(socket(catalog, "clock-01.socket").listen())
                .singleElement()
                .hasToString(directory.resolve("root/s/clock-01") + " (Stream)");
        assertThat(socket(catalog, "web-01.socket").listen())
                .singleElement()
                .asString()
                .startsWith("127.0.0.1:20");
    }

    @Test
    void oddCharactersOfPathsArriveUnchanged() throws IOException {
        Path odd = directory.resolve("100% of \"$HOME\"");
        DemoService web = new DemoService("web-01", ServiceKind.WEB, new Endpoint.Loopback(20001));
        List<String> command = UnitText.smallJvm(odd.resolve("java"), odd, "Main", "web-01");
        Files.writeString(directory.resolve("web-01.service"), UnitText.service(web, command));

        UnitCatalog catalog = UnitLoader.load(List.of(directory), HostFacts.forTests());

        assertThat(catalog.problems()).isEmpty();
        ServiceUnit unit = catalog.service(name("web-01.service")).orElseThrow();
        assertThat(unit.get(ServiceDirectives.EXEC_START).get(0).argv(Map.of(), SocketReferences.NONE))
                .isEqualTo(command);
    }

    @Test
    void withoutPerlThereAreMoreJvmsInstead() throws IOException {
        Fleet fleet = fleet(10, Map.of("PATH", directory.toString()));

        assertThat(fleet.perl()).isEmpty();
        assertThat(fleet.mix()).isEqualTo(new ServiceMix(8, 0, 2));
    }

    @Test
    void sampleTakesTheFirstOfEachKind() throws IOException {
        List<DemoService> sample = fleet(10, withPerl()).sample(new ServiceMix(2, 1, 1));

        assertThat(sample).extracting(DemoService::name).containsExactly("web-01", "web-02", "clock-01", "echo-01");
    }

    private Fleet fleet(int count, Map<String, String> environment) throws IOException {
        return Fleet.choose(count, directory.resolve("root/s"), environment);
    }

    /** A PATH in which there is a perl, which is not run here. */
    private Map<String, String> withPerl() throws IOException {
        Path perl = Files.createFile(directory.resolve("perl"));
        assertThat(perl.toFile().setExecutable(true)).isTrue();
        return Map.of("PATH", directory.toString());
    }

    private UnitCatalog write(Fleet fleet) throws IOException {
        Workspace workspace = new Workspace(directory.resolve("root"));
        Files.createDirectories(workspace.units());
        fleet.write(workspace.units());
        return UnitLoader.load(List.of(workspace.units()), HostFacts.forTests());
    }

    private static SocketUnit socket(UnitCatalog catalog, String name) {
        return catalog.socket(name(name)).orElseThrow();
    }

    private static UnitName name(String text) {
        return Objects.requireNonNull(UnitName.parse(text));
    }
}
