package dev.activator.config;

import static dev.activator.config.Units.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {
    @TempDir
    Path temp;

    private UnitDirectory units;

    @BeforeEach
    void oneGoodPair() {
        units = new UnitDirectory(temp.resolve("units")).pair("good");
    }

    private UnitCatalog loadWithGoodUnaffected() {
        UnitCatalog catalog = units.load();
        assertThat(catalog.sockets()).containsKey(name("good.socket"));
        assertThat(catalog.services()).containsKey(name("good.service"));
        return catalog;
    }

    @Test
    void theFirstDirectoryThatHasANameWins() {
        UnitDirectory first =
                new UnitDirectory(temp.resolve("first")).write("good.service", "[Service]", "ExecStart=/bin/first");
        UnitCatalog catalog = UnitLoader.load(List.of(first.path(), units.path()), HostFacts.forTests());
        assertThat(catalog.service(name("good.service")).orElseThrow().sources())
                .containsExactly(first.file("good.service"));
        assertThat(catalog.sockets()).hasSize(1);
    }

    @Test
    void aLinkToAnotherUnitIsAnAlias() {
        units.link("alias.service", "good.service")
                .link("second.service", units.file("alias.service").toString());
        UnitCatalog catalog = loadWithGoodUnaffected();
        assertThat(catalog.services()).hasSize(1);
        assertThat(catalog.resolve(name("second.service"))).contains(name("good.service"));
        assertThat(catalog.service(name("alias.service")).orElseThrow().name()).hasToString("good.service");
        assertThat(catalog.state(name("alias.service"))).isEqualTo(LoadState.LOADED);
        assertThat(catalog.aliases(name("good.service"))).hasToString("[alias.service, second.service]");
    }

    @Test
    void aLinkToAFileElsewhereIsTheUnitItself() {
        UnitDirectory elsewhere =
                new UnitDirectory(temp.resolve("elsewhere")).write("x.conf", "[Service]", "ExecStart=/bin/x");
        units.link("linked.service", elsewhere.file("x.conf").toString());
        assertThat(loadWithGoodUnaffected().service(name("linked.service"))).isPresent();
    }

    @Test
    void aLinkToNothingOrAnEmptyFileMasks() throws Exception {
        units.link("masked.service", "/dev/null");
        Files.createFile(units.file("empty.socket"));
        UnitCatalog catalog = loadWithGoodUnaffected();
        assertThat(catalog.state(name("masked.service"))).isEqualTo(LoadState.MASKED);
        assertThat(catalog.state(name("empty.socket"))).isEqualTo(LoadState.MASKED);
        assertThat(catalog.service(name("masked.service"))).isEmpty();
        assertThat(catalog.problems()).isEmpty();
    }

    @Test
    void aMaskInTheFirstDirectoryHidesTheUnitInTheSecond() {
        UnitDirectory first = new UnitDirectory(temp.resolve("first")).link("good.socket", "/dev/null");
        UnitCatalog catalog = UnitLoader.load(List.of(first.path(), units.path()), HostFacts.forTests());
        assertThat(catalog.sockets()).isEmpty();
        assertThat(catalog.state(name("good.socket"))).isEqualTo(LoadState.MASKED);
    }

    @Test
    void aCycleOfLinksBreaksOnlyItsOwnUnits() {
        units.link("a.service", "b.service").link("b.service", "a.service").link("self.socket", "self.socket");
        UnitCatalog catalog = loadWithGoodUnaffected();
        assertThat(catalog.problems())
                .extracting(Problem::message)
                .containsExactly(
                        "is part of a cycle of links, 'a.service' not loaded",
                        "is part of a cycle of links, 'b.service' not loaded",
                        "is part of a cycle of links, 'self.socket' not loaded");
        assertThat(catalog.state(name("a.service"))).isEqualTo(LoadState.ERROR);
    }

    @Test
    void verifyOfWhatIsNotThereNamesWhatIs() {
        UnitCatalog wrong = UnitLoader.verify(
                List.of(units.file("good"), units.file("nosuch")),
                List.of(),
                HostFacts.forTests(),
                LoadOptions.DEFAULT);
        assertThat(wrong.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        units.file("good") + ": error: cannot be read: no such file; did you mean '"
                                + units.file("good.service") + "'?",
                        units.file("nosuch") + ": error: cannot be read: no such file");
    }

    @Test
    void aLinkToANameThatNothingHasIsSaid() {
        UnitDirectory units = new UnitDirectory(temp).pair("a").link("dangling.socket", "nowhere.socket");
        UnitCatalog catalog = units.load();
        assertThat(catalog.problems())
                .singleElement()
                .hasToString(units.file("dangling.socket")
                        + ": warning: links to 'nowhere.socket', which does not exist, 'dangling.socket' not loaded");
        assertThat(catalog.names()).hasSize(2);
    }

    @Test
    void aBrokenLinkADirectoryAndAFileThatNobodyMayReadBreakOnlyTheirOwnUnits() throws Exception {
        units.link("gone.service", "/no/such/file").link("socket.service", "good.socket");
        Files.createDirectory(units.file("dir.service"));
        units.writeText("secret.service", "x");
        Files.setPosixFilePermissions(units.file("secret.service"), PosixFilePermissions.fromString("---------"));
        UnitCatalog catalog = loadWithGoodUnaffected();
        assertThat(catalog.problems(name("dir.service")))
                .extracting(Problem::message)
                .containsExactly("is a directory, 'dir.service' not loaded");
        assertThat(catalog.problems(name("gone.service")))
                .singleElement()
                .asString()
                .contains("links to '/no/such/file', which does not exist");
        assertThat(catalog.problems(name("socket.service")))
                .singleElement()
                .asString()
                .contains("cannot be another name of 'socket.service'");
        assertThat(catalog.problems(name("secret.service"))).isNotEmpty();
        assertThat(catalog.service(name("secret.service"))).isEmpty();
    }

    @Test
    void aNamedPipeInTheDirectoryDoesNotStallTheLoad() throws Exception {
        Process mkfifo = new ProcessBuilder("mkfifo", units.file("pipe.service").toString()).start();
        assertThat(mkfifo.waitFor()).isZero();
        assertThat(loadWithGoodUnaffected().problems(name("pipe.service")))
                .extracting(Problem::message)
                .containsExactly("is no regular file, 'pipe.service' not loaded");
    }

    @Test
    void aHugeFileAndABinaryOneBreakOnlyTheirOwnUnits() throws Exception {
        try (var file = Files.newByteChannel(
                units.file("huge.service"),
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.WRITE)) {
            file.position(100L << 20).write(java.nio.ByteBuffer.wrap(new byte[1]));
        }
        Files.copy(Path.of("/bin/true"), units.file("binary.service"));
        UnitCatalog catalog = loadWithGoodUnaffected();
        assertThat(catalog.problems(name("huge.service")))
                .singleElement()
                .asString()
                .contains("larger than 16 MB");
        assertThat(catalog.state(name("binary.service"))).isEqualTo(LoadState.BAD_SETTING);
    }

    @Test
    void aMissingDirectoryIsTold() {
        UnitCatalog catalog = UnitLoader.load(List.of(temp.resolve("none"), units.path()), HostFacts.forTests());
        assertThat(catalog.sockets()).hasSize(1);
        assertThat(catalog.problems()).singleElement().asString().contains("no such directory");
    }

    @Test
    void aSocketWithoutItsServiceIsNotLoaded() {
        units.write("lone.socket", "[Socket]", "ListenStream=/run/lone");
        units.write("sick.socket", "[Socket]", "ListenStream=/run/sick").write("sick.service", "[Service]");
        units.write("hidden.socket", "[Socket]", "ListenStream=/run/hidden", "Service=x.service")
                .link("x.service", "/dev/null");
        UnitCatalog catalog = loadWithGoodUnaffected();
        assertThat(catalog.sockets()).hasSize(1);
        assertThat(catalog.problems(name("lone.socket")))
                .extracting(Problem::toString)
                .containsExactly(units.file("lone.socket")
                        + ":1:1: error: there is no service 'lone.service' to start, 'lone.socket' not loaded");
        assertThat(catalog.problems(name("sick.socket")))
                .singleElement()
                .asString()
                .contains("its service 'sick.service' is not loaded");
        assertThat(catalog.problems(name("hidden.socket")))
                .singleElement()
                .asString()
                .contains("hidden.socket:3:9: error: its service 'x.service' is masked");
        assertThat(catalog.state(name("lone.socket"))).isEqualTo(LoadState.BAD_SETTING);
    }

    @Test
    void acceptNeedsATemplateAndIsTold() {
        units.write("a.socket", "[Socket]", "ListenStream=/run/a", "Accept=yes")
                .write("a.service", "[Service]", "ExecStart=/bin/a");
        units.write("b.socket", "[Socket]", "ListenStream=/run/b").write("b@.service", "[Service]", "ExecStart=/bin/b");
        UnitCatalog catalog = loadWithGoodUnaffected();
        assertThat(catalog.problems(name("a.socket")))
                .singleElement()
                .asString()
                .contains("there is 'a.service', but Accept=yes needs a template");
        assertThat(catalog.problems(name("b.socket")))
                .singleElement()
                .asString()
                .contains("there is 'b@.service', which needs Accept=yes");
    }

    @Test
    void twoUnitsWithOneAddressAreBothLoadedAndTheSecondIsTold() {
        units.pair("other").write("other.socket", "[Socket]", "ListenStream=/run/good");
        UnitCatalog catalog = loadWithGoodUnaffected();
        assertThat(catalog.sockets()).hasSize(2);
        assertThat(catalog.problems())
                .singleElement()
                .asString()
                .contains("other.socket:2:14: warning: ListenStream= '/run/good' is an address of 'good.socket' too");
    }

    @Test
    void listsTellWhoWantsAUnit() {
        units.link("sockets.target.wants/good.socket", "../good.socket").link("alias.socket", "good.socket");
        units.link("other.target.requires/alias.socket", "../alias.socket");
        UnitCatalog catalog = loadWithGoodUnaffected();
        assertThat(catalog.relations().of("good.socket", Dependency.WANTED_BY)).containsExactly("sockets.target");
        assertThat(catalog.relations().of("good.socket", Dependency.REQUIRED_BY))
                .containsExactly("other.target");
        assertThat(catalog.relations().of("good.service")).isEmpty();
    }

    @Test
    void unknownNamesAreNotFound() {
        UnitCatalog catalog = loadWithGoodUnaffected();
        assertThat(catalog.state(name("no.service"))).isEqualTo(LoadState.NOT_FOUND);
        assertThat(catalog.resolve(name("no.service"))).isEmpty();
        assertThat(catalog.text(name("no.service"))).isEmpty();
    }

    @Test
    void filesThatAreNoUnitsAreLeftAlone() {
        units.writeText("README", "x")
                .writeText("backup.timer", "x")
                .writeText("bad name.service", "x")
                .writeText("good.service.bak", "x");
        assertThat(loadWithGoodUnaffected().problems())
                .singleElement()
                .asString()
                .contains("is no valid unit name");
    }

    @Test
    void verifyLooksOnlyAtTheGivenFiles() {
        units.write("bad.service", "[Service]")
                .write("web.socket", "[Socket]", "ListenStream=80", "Foo=1")
                .write("x.txt", "[Socket]")
                .link("web.service", "good.service");
        UnitCatalog catalog = UnitLoader.verify(
                List.of(units.file("web.socket")), List.of(), HostFacts.forTests(), LoadOptions.DEFAULT);
        assertThat(catalog.problems())
                .extracting(Problem::message)
                .containsExactly("unknown setting 'Foo=' in [Socket], ignoring");
        assertThat(catalog.sockets()).hasSize(1);
        UnitCatalog wrong = UnitLoader.verify(
                List.of(units.file("no.socket"), units.file("x.txt")),
                List.of(),
                HostFacts.forTests(),
                LoadOptions.DEFAULT);
        assertThat(wrong.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        units.file("no.socket") + ": error: cannot be read: no such file, 'no.socket' not loaded",
                        units.file("x.txt")
                                + ": error: is no unit file: the name must end in .socket, .service, .target, .yaml, .yml or .json, "
                                + "not loaded");
    }
}
