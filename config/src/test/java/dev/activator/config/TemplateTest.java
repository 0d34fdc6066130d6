package dev.activator.config;

import static dev.activator.config.Units.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateTest {
    @TempDir
    Path temp;

    private UnitDirectory units;

    @BeforeEach
    void aTemplate() {
        units = new UnitDirectory(temp)
                .write("echo@.service", "[Unit]", "Description=Echo %I", "[Service]", "ExecStart=/bin/echo %i");
    }

    @Test
    void anInstanceIsMadeOnDemand() {
        UnitCatalog catalog = units.load();
        assertThat(catalog.templates()).containsExactly(name("echo@.service"));
        assertThat(catalog.services()).isEmpty();
        ServiceUnit instance = catalog.service(name("echo@0-10.0.0.1:22-10.0.0.2:4711.service"))
                .orElseThrow();
        assertThat(instance.description()).isEqualTo("Echo 0/10.0.0.1:22/10.0.0.2:4711");
        assertThat(instance.get(ServiceDirectives.EXEC_START).get(0).rawArgs())
                .containsExactly("/bin/echo", "0-10.0.0.1:22-10.0.0.2:4711");
        assertThat(catalog.state(instance.name())).isEqualTo(LoadState.LOADED);
        assertThat(catalog.service(name("echo@.service"))).isEmpty();
    }

    @Test
    void aTemplateHasFilesToShow() {
        units.write("echo@.service.d/nice.conf", "[Service]", "Nice=5");
        assertThat(units.load().text(name("echo@.service")))
                .contains("/echo@.service\n[Unit]\nDescription=Echo %I\n")
                .contains("/echo@.service.d/nice.conf\n[Service]\nNice=5");
    }

    @Test
    void aTemplatesMistakesAreFoundWhenItIsLoaded() {
        units.write("bad@.service", "[Service]", "ExecStart=/bin/x %i", "Restart=foo", "Nice=%i");
        assertThat(units.load().problems())
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .startsWith("Restart= 'foo'");
    }

    @Test
    void aSettingThatIsNotAppliedIsNamedAlsoWhereItsValueDependsOnTheInstance() {
        units.write("dev@.service", "[Unit]", "JoinsNamespaceOf=n@%i.service", "[Service]", "ExecStart=/bin/x");
        assertThat(units.load().problems())
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .startsWith("JoinsNamespaceOf= cannot be applied");
    }

    @Test
    void whatEveryInstanceNeedsIsJudgedWithTheTemplate() {
        units.write(
                "dev@.service",
                "[Unit]",
                "BindsTo=dev-%i.device",
                "Requires=missing.service %i.service db@%i.service",
                "[Service]",
                "ExecStart=/bin/x");
        assertThat(units.load().problems())
                .extracting(problem -> problem.location().line() + " " + problem.message())
                .containsExactly(
                        "2 BindsTo= 'dev-%i.device' is taken as up: only sockets, services and targets are managed here",
                        "3 Requires= 'missing.service': there is no such unit, so 'dev@.service' cannot start");
    }

    @Test
    void anInstancesOwnMistakesAreFoundWhenItIsMade() {
        units.write("nice@.service", "[Service]", "ExecStart=/bin/x", "WorkingDirectory=%i");
        UnitCatalog catalog = units.load();
        assertThat(catalog.problems()).isEmpty();
        assertThat(catalog.service(name("nice@x.service"))).isEmpty();
        assertThat(catalog.state(name("nice@x.service"))).isEqualTo(LoadState.BAD_SETTING);
        assertThat(catalog.problems(name("nice@x.service"))).hasSize(1);
    }

    @Test
    void acceptUsesTheTemplate() {
        units.write("echo.socket", "[Socket]", "ListenStream=7", "Accept=yes");
        UnitCatalog catalog = units.load();
        assertThat(catalog.socket(name("echo.socket")).orElseThrow().service()).isEqualTo(name("echo@.service"));
        assertThat(catalog.problems()).isEmpty();
    }

    @Test
    void defaultInstanceAndListsMakeInstancesOfSockets() {
        units.write("echo@.socket", "[Socket]", "ListenStream=/run/%i", "[Install]", "DefaultInstance=main");
        units.link("sockets.target.wants/echo@listed.socket", "../echo@.socket");
        assertThat(units.load().sockets()).containsOnlyKeys(name("echo@listed.socket"), name("echo@main.socket"));
    }

    @Test
    void aLinkToTheTemplateIsAnInstance() {
        units.write("echo@.socket", "[Socket]", "ListenStream=/run/%i").link("echo@linked.socket", "echo@.socket");
        UnitCatalog catalog = units.load();
        assertThat(catalog.problems()).isEmpty();
        assertThat(catalog.sockets()).containsOnlyKeys(name("echo@linked.socket"));
    }

    @Test
    void aFileOfTheInstanceBeatsTheTemplate() {
        units.write("echo@own.service", "[Service]", "ExecStart=/bin/own");
        UnitCatalog catalog = units.load();
        assertThat(catalog.service(name("echo@own.service"))
                        .orElseThrow()
                        .get(ServiceDirectives.EXEC_START)
                        .get(0)
                        .path())
                .isEqualTo("/bin/own");
        assertThat(catalog.services()).containsOnlyKeys(name("echo@own.service"));
    }

    @Test
    void anAliasOfATemplateIsOneOfEveryInstance() {
        units.link("other@.service", "echo@.service");
        UnitCatalog catalog = units.load();
        assertThat(catalog.resolve(name("other@x.service"))).contains(name("echo@x.service"));
        assertThat(catalog.service(name("other@x.service")).orElseThrow().name())
                .hasToString("echo@x.service");
    }

    @Test
    void aMaskedTemplateMasksItsInstances() {
        units.link("gone@.service", "/dev/null");
        UnitCatalog catalog = units.load();
        assertThat(catalog.state(name("gone@x.service"))).isEqualTo(LoadState.MASKED);
        assertThat(catalog.service(name("gone@x.service"))).isEmpty();
    }
}
