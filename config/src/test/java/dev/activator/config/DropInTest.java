package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DropInTest {
    @TempDir
    Path temp;

    private UnitDirectory etc;
    private UnitDirectory lib;

    @BeforeEach
    void twoDirectories() {
        etc = new UnitDirectory(temp.resolve("etc"));
        lib = new UnitDirectory(temp.resolve("lib")).pair("foo-bar");
    }

    private UnitCatalog load() {
        return UnitLoader.load(List.of(etc.path(), lib.path()), HostFacts.forTests());
    }

    private String description(String unit) {
        return load().service(Units.name(unit)).orElseThrow().description();
    }

    private static void describe(UnitDirectory in, String file, String description) {
        in.write(file, "[Unit]", "Description=" + description);
    }

    @Test
    void dropInsCountInTheOrderOfTheirFileNamesAcrossDirectories() {
        describe(etc, "foo-bar.service.d/10-a.conf", "first");
        describe(lib, "foo-bar.service.d/20-b.conf", "second");
        assertThat(description("foo-bar.service")).isEqualTo("second");
        assertThat(load().service(Units.name("foo-bar.service")).orElseThrow().sources())
                .extracting(path -> path.getFileName().toString())
                .containsExactly("foo-bar.service", "10-a.conf", "20-b.conf");
    }

    @Test
    void ofTwoDropInsWithOneNameTheFirstDirectoryWins() {
        describe(etc, "foo-bar.service.d/10-a.conf", "etc");
        describe(lib, "foo-bar.service.d/10-a.conf", "lib");
        assertThat(description("foo-bar.service")).isEqualTo("etc");
    }

    @Test
    void aDropInIsMaskedByALinkToNothingOrAnEmptyFile() throws Exception {
        describe(lib, "foo-bar.service.d/10-a.conf", "lib a");
        describe(lib, "foo-bar.service.d/20-b.conf", "lib b");
        etc.link("foo-bar.service.d/20-b.conf", "/dev/null");
        assertThat(description("foo-bar.service")).isEqualTo("lib a");
        Files.createFile(etc.file("foo-bar.service.d/10-a.conf"));
        assertThat(description("foo-bar.service")).isEqualTo("foo-bar.service");
    }

    @Test
    void prefixesTemplatesAndTypesHaveDropInsToo() {
        lib.write("foo@.service", "[Service]", "ExecStart=/bin/foo");
        describe(lib, "service.d/10-type.conf", "type");
        describe(lib, "foo-.service.d/20-prefix.conf", "prefix");
        describe(lib, "foo@.service.d/20-template.conf", "template");
        describe(lib, "foo@x.service.d/30-instance.conf", "instance");
        assertThat(description("foo-bar.service")).isEqualTo("prefix");
        assertThat(description("foo@y.service")).isEqualTo("template");
        assertThat(description("foo@x.service")).isEqualTo("instance");
        lib.write("other.service", "[Service]", "ExecStart=/bin/x");
        assertThat(description("other.service")).isEqualTo("type");
    }

    @Test
    void theMostTellingDirectoryWinsForOneFileName() {
        describe(lib, "service.d/10-a.conf", "type");
        describe(lib, "foo-.service.d/10-a.conf", "prefix");
        assertThat(description("foo-bar.service")).isEqualTo("prefix");
        describe(lib, "foo-bar.service.d/10-a.conf", "unit");
        assertThat(description("foo-bar.service")).isEqualTo("unit");
    }

    @Test
    void otherFilesInTheDirectoryDoNotCount() {
        describe(lib, "foo-bar.service.d/a.conf.bak", "backup");
        describe(lib, "foo-bar.service.d/.hidden.conf", "hidden");
        assertThat(description("foo-bar.service")).isEqualTo("foo-bar.service");
    }

    @Test
    void aBrokenDropInIsLeftOutFromWhereItBreaks() {
        lib.write("foo-bar.service.d/a.conf", "[Unit]", "Description=before", "[Unit", "Description=after");
        UnitCatalog catalog = load();
        assertThat(description("foo-bar.service")).isEqualTo("before");
        assertThat(catalog.problems())
                .singleElement()
                .asString()
                .contains("a.conf:3:1: warning: ")
                .endsWith("ignoring the rest of this file");
    }

    @Test
    void aDropInCanTakeAListBack() {
        lib.write("foo-bar.socket.d/port.conf", "[Socket]", "ListenStream=", "ListenStream=8080");
        assertThat(load().socket(Units.name("foo-bar.socket")).orElseThrow().listen())
                .extracting(ListenSocket::toString)
                .containsExactly("[::]:8080 (Stream)");
    }

    @Test
    void theTextOfAUnitHasItsDropIns() {
        describe(lib, "foo-bar.service.d/a.conf", "x");
        assertThat(load().text(Units.name("foo-bar.service")))
                .isEqualTo("# " + lib.file("foo-bar.service") + "\n[Service]\nExecStart=/bin/foo-bar\n\n# "
                        + lib.file("foo-bar.service.d/a.conf") + "\n[Unit]\nDescription=x\n");
    }
}
