package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HardeningTest {
    @TempDir
    Path temp;

    private static List<Problem> refusals(String... lines) {
        UnitText.Parsed parsed = Units.service(lines);
        assertThat(parsed.unit()).isNotNull();
        return Units.loaded(parsed).refusals();
    }

    @Test
    void aPromiseThatCannotBeKeptStopsTheUnitFromStarting() {
        assertThat(refusals("MemoryDenyWriteExecute=yes"))
                .extracting(Problem::toString)
                .containsExactly(
                        "test.service:3:1: error: MemoryDenyWriteExecute= cannot be applied (system calls are not "
                                + "filtered), 'test.service' will not start; AllowUnsupportedHardening=yes in [X-Activator] starts it without");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PrivateUsers=yes",
                "NoExecPaths=/tmp",
                "SystemCallFilter=@system-service",
                "SecureBits=noroot",
                "RestrictAddressFamilies=AF_UNIX",
                "IPAddressDeny=any",
                "DeviceAllow=/dev/null r",
                "RootDirectory=/srv",
                "MemoryDenyWriteExecute=yes",
                "LockPersonality=yes",
                "ProtectProc=invisible",
                "NetworkNamespacePath=/run/ns",
                "PAMName=login"
            })
    void securityDirectivesAreRefused(String line) {
        assertThat(refusals(line)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PrivateTmp=no",
                "ProtectSystem=",
                "ProtectSystem=off",
                "SystemCallFilter=",
                "CapabilityBoundingSet=~",
                "CapabilityBoundingSet=",
                "ProtectHome=read-only",
                "ReadOnlyPaths=/srv -/opt",
                "ProtectProc=default",
                "DevicePolicy=auto",
                "RestrictNamespaces=no",
                "NoNewPrivileges=yes"
            })
    void valuesThatAskForWhatHappensAnywayAreNoProblem(String line) {
        UnitText.Parsed parsed = Units.service(line);
        assertThat(parsed.problems()).isEmpty();
        assertThat(Units.good(parsed).refusals()).isEmpty();
    }

    @Test
    void capabilitiesAreAddedAndTakenAwayInTheOrderOfTheFile() {
        assertThat(bounding("CapabilityBoundingSet=CAP_CHOWN cap_kill", "CapabilityBoundingSet=~CAP_KILL"))
                .containsExactly("chown");
        assertThat(bounding("CapabilityBoundingSet=~CAP_SYS_ADMIN")).hasSize(40).doesNotContain("sys_admin");
        assertThat(bounding("CapabilityBoundingSet=")).isEmpty();
        assertThat(bounding("Nice=1")).hasSize(41);
        assertThat(Units.service("CapabilityBoundingSet=CAP_CHWON").problems())
                .singleElement()
                .asString()
                .contains("'CAP_CHWON' is no capability, ignoring this word; did you mean CAP_CHOWN?");
    }

    private static java.util.Set<String> bounding(String... lines) {
        return Units.good(Units.service(lines)).get(SandboxDirectives.CAPABILITY_BOUNDING_SET);
    }

    @Test
    void aLabelThatMayBeMissingIsSaidToBeMissing() {
        UnitText.Parsed parsed = Units.service("AppArmorProfile=-profile");
        assertThat(Units.loaded(parsed).refusals()).isEmpty();
        assertThat(parsed.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
            assertThat(problem.message())
                    .isEqualTo(
                            "AppArmorProfile= cannot be applied (security labels are not set), ignoring as its '-' says");
        });
        assertThat(refusals("AppArmorProfile=profile")).hasSize(1);
    }

    @Test
    void aLaterAssignmentTakesTheRefusalBack() {
        assertThat(refusals("PrivateUsers=yes", "PrivateUsers=no")).isEmpty();
        assertThat(refusals("SystemCallFilter=@system-service", "SystemCallFilter="))
                .isEmpty();
        assertThat(refusals("NoExecPaths=/", "NoExecPaths=/srv")).hasSize(1);
    }

    @Test
    void theUnitCanAllowItselfToStart() {
        UnitText.Parsed parsed = Units.service("PrivateUsers=yes", "[X-Activator]", "AllowUnsupportedHardening=yes");
        assertThat(parsed.unit()).isNotNull();
        assertThat(Units.loaded(parsed).refusals()).isEmpty();
        assertThat(parsed.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
            assertThat(problem.message()).startsWith("PrivateUsers= cannot be applied");
        });
    }

    @Test
    void theCallerCanAllowAllUnitsToStart() {
        UnitDirectory units =
                new UnitDirectory(temp).pair("a").write("a.service.d/x.conf", "[Service]", "PrivateUsers=yes");
        UnitName name = Units.name("a.service");
        assertThat(units.load().service(name).orElseThrow().refusals()).hasSize(1);
        UnitCatalog allowed = UnitLoader.load(List.of(units.path()), HostFacts.forTests(), new LoadOptions(true));
        assertThat(allowed.service(name).orElseThrow().refusals()).isEmpty();
        assertThat(allowed.problems(name)).hasSize(1);
    }

    @Test
    void inSocketsOnlyWhatMovesTheSocketIsRefused() {
        UnitText.Parsed parsed = Units.socket("ProtectSystem=strict", "PrivateNetwork=yes");
        assertThat(parsed.unit()).isNotNull();
        assertThat(Units.loaded(parsed).refusals())
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .startsWith("PrivateNetwork=");
        assertThat(parsed.problems()).hasSize(1);
    }
}
