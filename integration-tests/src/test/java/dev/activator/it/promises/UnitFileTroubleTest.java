package dev.activator.it.promises;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.LineClient;
import dev.activator.it.rig.Outcome;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A file that makes no sense costs its own unit at most, and the message says where it is wrong. */
class UnitFileTroubleTest {

    private static final String SERVICE = "[Service]\nExecStart=@BIN:cat@\nStandardInput=socket\n";

    @RegisterExtension
    final SuperServer server = SuperServer.over("trouble").startedByTest();

    @AfterEach
    void theOtherUnitWorks() throws IOException {
        assertThat(LineClient.ask(server.port("good"), "still here")).isEqualTo("still here");
    }

    @Test
    void anUnknownSettingIsNamedWithASuggestionAndTheUnitWorksWithoutIt() throws IOException {
        socket("typo", "Accept=yes\nMaxConection=7\n");
        server.scenario().addUnit("typo@.service", SERVICE + "StandardOutput=socket\n");
        server.start();
        assertThat(server.log().await("MaxConection"))
                .contains("typo.socket:4:")
                .contains("warning")
                .contains("MaxConnections=");
        assertThat(LineClient.ask(server.port("typo"), "works")).isEqualTo("works");
    }

    @Test
    void aBadValueIsLocatedAndItsUnitIsNotLoaded() throws IOException {
        server.scenario().addUnit("bad.socket", "[Socket]\nListenStream=127.0.0.1:99999\n");
        server.scenario().addUnit("bad.service", SERVICE);
        server.start();
        assertThat(server.log().await("99999")).contains("bad.socket:2:");
        assertThat(server.log().await("'bad.socket' not loaded")).contains("error");
        assertThat(server.cli("status", "bad.socket").text()).contains("bad.socket");
    }

    @Test
    void aSocketWithoutItsServiceIsNamed() {
        socket("lonely", "");
        server.start();
        assertThat(server.log().await("lonely.service")).contains("lonely.socket");
    }

    @Test
    void ofTwoSocketsWithOneAddressOneWorksAndTheOtherIsNamed() {
        socket("twin", "");
        server.scenario().addUnit("twin.service", SERVICE);
        server.scenario().addUnit("twin2.socket", "[Socket]\nListenStream=127.0.0.1:@PORT:twin@\n");
        server.scenario().addUnit("twin2.service", SERVICE);
        server.start();
        assertThat(server.log().await("twin2.socket")).contains(Integer.toString(server.port("twin")));
        assertThat(server.state("twin.socket")).isEqualTo("active (listening)");
    }

    @Test
    void aBinaryFileIsNamed() throws IOException {
        byte[] garbage = new byte[5_000];
        new Random(42).nextBytes(garbage);
        Files.write(unit("binary.socket"), garbage);
        server.start();
        server.log().await("binary.socket");
    }

    @Test
    void aLineOfAMegabyteIsRefusedOrReadButStallsNothing() throws IOException {
        Files.writeString(
                unit("long.socket"), "[Socket]\nListenStream=" + "x".repeat(1 << 20) + "\n", StandardCharsets.US_ASCII);
        server.start();
        assertThat(server.log().await("long.socket").length()).isLessThan(2_000);
    }

    @Test
    void aCycleOfLinksIsNamed() throws IOException {
        Files.createSymbolicLink(unit("cycle.socket"), Path.of("cycle2.socket"));
        Files.createSymbolicLink(unit("cycle2.socket"), Path.of("cycle.socket"));
        server.start();
        server.log().await("cycle.socket");
    }

    @Test
    void aLinkToNothingAndADirectoryAreNamed() throws IOException {
        Files.createSymbolicLink(unit("nowhere.socket"), Path.of("/nowhere/at/all.socket"));
        Files.createDirectory(unit("directory.socket"));
        server.start();
        server.log().await("nowhere.socket");
        server.log().await("directory.socket");
    }

    @Test
    void aUnitMaskedByALinkToDevNullDoesNotListen() throws IOException {
        Files.createSymbolicLink(unit("masked.socket"), Path.of("/dev/null"));
        server.start();
        assertThat(server.cli("is-enabled", "masked.socket").out().strip()).isEqualTo("masked");
    }

    @Test
    void verifyPrintsTheSameProblemsAndFailsOnlyForAnError() throws IOException {
        socket("typo", "MaxConection=7\n");
        server.scenario().addUnit("typo.service", SERVICE);
        server.scenario().addUnit("bad.socket", "[Socket]\nListenStream=127.0.0.1:99999\n");
        server.start();
        Outcome warned = server.cli("verify", unit("typo.socket").toString());
        assertThat(warned.text()).contains("MaxConection").contains("MaxConnections=");
        assertThat(warned.exitCode()).isZero();
        Outcome refused = server.cli("verify", unit("bad.socket").toString());
        assertThat(refused.text()).contains("bad.socket:2:").contains("99999");
        assertThat(refused.exitCode()).isNotZero();
    }

    private void socket(String name, String more) {
        server.scenario().addUnit(name + ".socket", "[Socket]\nListenStream=127.0.0.1:@PORT:" + name + "@\n" + more);
    }

    private Path unit(String name) {
        return server.scenario().units().resolve(name);
    }
}
