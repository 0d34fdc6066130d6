package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What units say of each other, seen from both sides, and what of it is worth a warning. */
class DependencyTest {
    @TempDir
    Path temp;

    private UnitDirectory units() {
        return new UnitDirectory(temp);
    }

    private static UnitDirectory service(UnitDirectory units, String name, String... lines) {
        return units.writeText(name, "[Unit]\n" + String.join("\n", lines) + "\n[Service]\nExecStart=/bin/true\n");
    }

    @Test
    void everyRelationIsSeenFromBothSides() {
        UnitDirectory units = units();
        service(units, "a.service", "Requires=b.service", "After=b.service");
        service(units, "b.service", "PartOf=c.target");
        units.write("c.target", "[Unit]", "Wants=a.service");
        UnitCatalog catalog = units.load();
        Relations relations = catalog.relations();
        assertThat(relations.of("a.service", Dependency.REQUIRES)).containsExactly("b.service");
        assertThat(relations.of("b.service", Dependency.REQUIRED_BY)).containsExactly("a.service");
        assertThat(relations.of("b.service", Dependency.BEFORE)).containsExactly("a.service");
        assertThat(relations.of("c.target", Dependency.CONSISTS_OF)).containsExactly("b.service");
        assertThat(relations.of("a.service", Dependency.WANTED_BY)).containsExactly("c.target");
        assertThat(relations.startsAlone(catalog.find("a.service").orElseThrow()))
                .isFalse();
        assertThat(relations.startsAlone(catalog.find("b.service").orElseThrow()))
                .isTrue();
        assertThat(relations.isAlone(catalog.find("b.service").orElseThrow())).isFalse();
    }

    @Test
    void aTargetStartsAfterWhatItConsistsOfUnlessTheOrderIsSaid() {
        UnitDirectory units = units();
        service(units, "a.service");
        service(units, "b.service", "After=c.target");
        service(units, "d.service", "DefaultDependencies=no");
        units.write("c.target", "[Unit]", "Wants=a.service b.service d.service");
        Relations relations = units.load().relations();
        assertThat(relations.of("c.target", Dependency.AFTER)).containsExactly("a.service");
        assertThat(relations.of("a.service", Dependency.BEFORE)).containsExactly("c.target");
        assertThat(relations.of("b.service", Dependency.BEFORE)).isEmpty();
    }

    @Test
    void aliasesAndTemplatesStandForTheUnitsThatTheyMean() {
        UnitDirectory units = units();
        service(units, "db.service").link("sql.service", "db.service");
        service(units, "log@.service");
        service(units, "web@.service", "Requires=sql.service", "Wants=log@.service");
        Relations relations = units.load().relations();
        assertThat(relations.of("web@x.service", Dependency.REQUIRES)).containsExactly("db.service");
        assertThat(relations.of("web@x.service", Dependency.WANTS)).containsExactly("log@x.service");
    }

    @Test
    void everySocketBelongsToSocketsTargetUnlessAServiceHasIt() {
        UnitDirectory units = units();
        units.pair("plain");
        units.write("own.socket", "[Socket]", "ListenStream=/run/own", "[Install]", "WantedBy=main.service");
        units.write("bound.socket", "[Unit]", "BindsTo=main.service", "[Socket]", "ListenStream=/run/bound");
        service(units, "main.service");
        service(units, "own.service");
        service(units, "bound.service");
        Relations relations = units.load().relations();
        assertThat(relations.of(Relations.SOCKETS_TARGET, Dependency.WANTS)).containsExactly("plain.socket");
        assertThat(relations.of("main.service", Dependency.WANTS)).containsExactly("own.socket");
        assertThat(relations.of("plain.socket", Dependency.WANTED_BY)).containsExactly(Relations.SOCKETS_TARGET);
    }

    @Test
    void whatIsRequiredAndMissingIsToldWhereItIsSaid() {
        UnitDirectory units = units();
        service(units, "web.service", "Requires=dbs.service", "Wants=missing.service", "After=missing.service");
        service(units, "db.service");
        assertThat(units.load().problems())
                .singleElement()
                .asString()
                .endsWith(
                        "web.service:2:10: warning: Requires= 'dbs.service': there is no such unit, so 'web.service' cannot "
                                + "start; did you mean 'db.service'?");
    }

    @Test
    void whatOnlyAHostUnderSystemdHasIsTakenAsUp() {
        UnitDirectory units = units();
        service(units, "web.service", "Requires=network.target", "BindsTo=sys-net.device", "Requisite=dbus.socket");
        assertThat(units.load().problems())
                .extracting(Problem::message)
                .containsExactlyInAnyOrder(
                        "BindsTo= 'sys-net.device' is taken as up: only sockets, services and targets are managed here",
                        "Requisite= 'dbus.socket' is taken as up: no unit file declares it, and only a host under systemd has it by "
                                + "itself");
    }

    @Test
    void aCircleIsToldWithItsMembers() {
        UnitDirectory units = units();
        service(units, "a.service", "After=b.service");
        service(units, "b.service", "After=c.service");
        service(units, "c.service", "After=a.service");
        assertThat(units.load().problems())
                .singleElement()
                .asString()
                .contains(
                        "a.service:2:7: warning: After= is part of a circle in which each unit is to start after the next: "
                                + "a.service, b.service, c.service, a.service;");
    }
}
