package dev.activator.config;

import static dev.activator.config.Units.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StructuredFilesTest {
    @TempDir
    Path temp;

    private UnitDirectory units;

    @BeforeEach
    void anEmptyDirectory() {
        units = new UnitDirectory(temp);
    }

    @Test
    void yamlJsonAndUnitFilesGiveTheSameUnits() {
        units.writeText("a.yaml", """
                web.socket:
                  Socket:
                    ListenStream: [022, "[::1]:80"]
                    Accept: no
                    SocketMode: 0660
                web.service:
                  Service:
                    ExecStart: /bin/web "two words" %n
                    Environment:
                      - A=1
                      - "'B=2 3'"
                """);
        UnitDirectory json = new UnitDirectory(temp.resolve("json")).writeText("a.json", """
                {"web.socket": {"Socket": {"ListenStream": ["022", "[::1]:80"], "Accept": false, "SocketMode": "0660"}},
                 "web.service": {"Service": {"ExecStart": "/bin/web \\"two words\\" %n", "Environment": ["A=1", "'B=2 3'"]}}}""");
        UnitDirectory text = new UnitDirectory(temp.resolve("text"))
                .write(
                        "web.socket",
                        "[Socket]",
                        "ListenStream=022",
                        "ListenStream=[::1]:80",
                        "Accept=no",
                        "SocketMode=0660")
                .write(
                        "web.service",
                        "[Service]",
                        "ExecStart=/bin/web \"two words\" %n",
                        "Environment=A=1",
                        "Environment='B=2 3'");
        UnitCatalog expected = text.load();
        assertThat(expected.problems()).isEmpty();
        for (UnitDirectory each : new UnitDirectory[] {units, json}) {
            UnitCatalog catalog = each.load();
            assertThat(catalog.problems()).isEmpty();
            assertThat(catalog.sockets()).isEqualTo(expected.sockets());
            assertThat(catalog.services()).isEqualTo(expected.services());
        }
    }

    @Test
    void problemsHaveLineAndColumn() {
        units.writeText("a.yaml", """
                web.service:
                  Service:
                    ExecStart: /bin/web
                    Restart: sometimes
                    Foo: bar
                  Sevice:
                    X: 1
                """);
        assertThat(units.load().problems())
                .extracting(problem ->
                        problem.location().line() + ":" + problem.location().column())
                .containsExactly("4:14", "5:5", "6:3");
    }

    @Test
    void nothingTakesAListBackAndDropInsCount() {
        units.writeText("a.yaml", """
                web.service:
                  Service:
                    ExecStart: [/bin/a, null, /bin/b]
                """).write("web.service.d/x.conf", "[Unit]", "Description=dropped in");
        ServiceUnit unit = units.load().service(name("web.service")).orElseThrow();
        assertThat(unit.get(ServiceDirectives.EXEC_START))
                .extracting(CommandLine::path)
                .containsExactly("/bin/b");
        assertThat(unit.description()).isEqualTo("dropped in");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1, 2] | expected unit names, in them sections, in them settings with a value or a list of values",
                "x.service: text | expected unit names, in them sections, in them settings with a value or a list of values",
                "x.service: {Service: {ExecStart: {a: b}}} | value of 'ExecStart': expected unit names",
                "x.service: {Service: {ExecStart: [[a]]}} | value of 'ExecStart': expected unit names",
                "x.service: {Service: {Nice: 1, Nice: 2}} | 'Nice' stands here twice; give it a list of values",
                "x.service: {Service: {Nice: 1}, Service: {}} | 'Service' stands here twice",
                "{x.service: {}, x.service: {}} | unit 'x.service' is declared twice in this file",
                "x.service: {Service: {Nice: &a 1, UMask: *a}} | references such as '*name' are not followed",
                "x.service: {Service: {Nice: \"a\\nb\"}} | value of 'Nice' has more than one line",
                "x.service: {Service: {Nice: \"a | while scanning a quoted scalar",
            })
    void aFileOfAnotherShapeIsRefusedAsAWhole(String text, String reason) {
        units.pair("good").writeText("a.yaml", text);
        UnitCatalog catalog = units.load();
        assertThat(catalog.sockets()).containsOnlyKeys(name("good.socket"));
        assertThat(catalog.problems())
                .singleElement()
                .asString()
                .contains("a.yaml")
                .contains(reason)
                .endsWith("none of its units are loaded");
    }

    @Test
    void aTabIsNamedWithItsPlace() {
        units.writeText("a.yaml", "web.socket:\n\tSocket:\n\t\tListenStream: 80\n");
        assertThat(units.load().problems())
                .singleElement()
                .hasToString(units.file("a.yaml") + ":2:1: error: while scanning for the next token, found character"
                        + " '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation), none of its"
                        + " units are loaded");
    }

    @Test
    void otherNamesAreNoUnits() {
        units.writeText("a.yaml", "web: {Service: {ExecStart: /bin/x}}");
        assertThat(units.load().problems())
                .extracting(Problem::toString)
                .containsExactly(units.file("a.yaml")
                        + ":1:1: warning: 'web' is no full unit name such as 'web.socket', ignoring it");
    }

    @Test
    void aUnitInTwoFilesOfADirectoryIsNotLoaded() {
        units.pair("good").writeText("a.yaml", "good.service: {Service: {ExecStart: /bin/other}}");
        UnitCatalog catalog = units.load();
        assertThat(catalog.services()).isEmpty();
        assertThat(catalog.problems(name("good.service")))
                .extracting(Problem::toString)
                .containsExactly(units.file("a.yaml") + ":1:1: error: unit 'good.service' is declared here and in '"
                        + units.file("good.service") + "', 'good.service' not loaded");
    }

    @Test
    void aUnitOfAnEarlierDirectoryHidesTheDeclaredOne() {
        UnitDirectory first = new UnitDirectory(temp.resolve("first")).pair("good");
        units.writeText("a.yaml", "good.service: {Service: {ExecStart: /bin/other}}");
        UnitCatalog catalog = UnitLoader.load(java.util.List.of(first.path(), units.path()), HostFacts.forTests());
        assertThat(catalog.problems()).isEmpty();
        assertThat(catalog.service(name("good.service")).orElseThrow().sources())
                .containsExactly(first.file("good.service"));
    }

    @Test
    void theTextOfADeclaredUnitIsAUnitFile() {
        units.writeText("a.json", "{\"x.service\": {\"Service\": {\"ExecStart\": \"/bin/x\"}}}");
        assertThat(units.load().text(name("x.service")))
                .isEqualTo("# " + units.file("a.json") + "\n[Service]\nExecStart=/bin/x\n");
    }

    @Test
    void filesThatCannotBeReadAreTold() throws Exception {
        java.nio.file.Files.createDirectory(units.file("dir.yaml"));
        java.nio.file.Files.write(units.file("latin.yaml"), new byte[] {'a', (byte) 0xe9});
        assertThat(units.load().problems())
                .extracting(Problem::message)
                .containsExactly(
                        "is no regular file, none of its units are loaded",
                        "is not UTF-8 text, none of its units are loaded");
    }

    @Test
    void verifyTakesSuchFilesToo() {
        units.writeText("a.yaml", "x.service: {Service: {ExecStart: /bin/x, Foo: 1}}")
                .pair("other");
        UnitCatalog catalog = UnitLoader.verify(
                java.util.List.of(units.file("a.yaml")),
                java.util.List.of(),
                HostFacts.forTests(),
                LoadOptions.DEFAULT);
        assertThat(catalog.services()).containsOnlyKeys(name("x.service"));
        assertThat(catalog.problems()).hasSize(1);
    }
}
