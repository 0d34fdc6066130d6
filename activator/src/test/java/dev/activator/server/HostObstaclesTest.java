package dev.activator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.config.HostFacts;
import dev.activator.config.UnitCatalog;
import dev.activator.config.UnitLoader;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostObstaclesTest {
    private static final OwnRights STRANGER = new OwnRights("4242", BigInteger.ZERO);
    private static final OwnRights POWERFUL =
            new OwnRights("0", BigInteger.TWO.pow(40).subtract(BigInteger.ONE));

    @TempDir
    private Path directory;

    private final List<String> found = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(directory.resolve("web.socket"), "[Socket]\nListenStream=127.0.0.1:7\nListenStream=8080\n");
        Files.writeString(directory.resolve("web.service"), "[Service]\nUser=0\nExecStart=/bin/cat\n");
    }

    private void look(OwnRights rights) {
        UnitCatalog catalog = UnitLoader.load(List.of(directory), HostFacts.forTests());
        HostObstacles.Host host = new HostObstacles.Host(new HostAccounts(), new HostPrograms(), rights, 1024);
        HostObstacles.Found into =
                (severity, row, text, assignment, message) -> found.add(severity + " " + assignment + ": " + message);
        catalog.sockets().values().forEach(socket -> new SocketObstacles(socket, socket.name(), host, into).find());
        catalog.services()
                .values()
                .forEach(service -> new ServiceObstacles(service, service.name(), host, into)
                        .find(List.of(), HostFacts.forTests()));
    }

    @Test
    void whoHasNoRightsIsWarnedOfLowPortsAndOtherUsers() {
        look(STRANGER);
        assertThat(found)
                .containsExactly(
                        "WARNING ListenStream= '127.0.0.1:7': as uid 4242 here no port below 1024 can be bound, 'web.socket' will not"
                                + " start; take a higher one, or run the super-server as root or with CAP_NET_BIND_SERVICE",
                        "WARNING User= '0': as uid 4242 here nobody else can be switched to, 'web.service' will not start; run the"
                                + " super-server as root or with CAP_SETUID and CAP_SETGID");
    }

    @Test
    void whoHasThemIsNot() {
        look(POWERFUL);
        assertThat(found).isEmpty();
    }
}
