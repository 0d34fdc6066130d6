package dev.activator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ListCommandsTest {
    private static final String UNIT_LEGEND = """

            LOAD   = Reflects whether the unit definition was properly loaded.
            ACTIVE = The high-level unit activation state, i.e. generalization of SUB.
            SUB    = The low-level unit activation state, values depend on unit type.

            """;

    @TempDir
    private Path directory;

    private CommandRig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new CommandRig(directory);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void socketsAreListedByAddressAsSystemctlDoes() {
        assertThat(rig.run("list-sockets").out()).isEqualTo("""
                        LISTEN        UNIT       ACTIVATES
                        /run/web.sock web.socket web.service
                        0.0.0.0:22    ssh.socket ssh@0-127.0.0.1:22-127.0.0.1:4000.service
                        [::]:80       web.socket web.service

                        3 sockets listed.
                        Pass --all to see loaded but inactive sockets, too.
                        """);
    }

    @Test
    void socketsCanBeListedWithWhatHappensOnThem() {
        assertThat(rig.run("list-sockets", "--all", "--show-types", "--stats", "web")
                        .out())
                .isEqualTo("""
                        LISTEN        TYPE   UNIT       STATE   QUEUED BACKLOG CONNECTED WAKES LAST-WAKE ACTIVATES
                        /run/web.sock Stream web.socket running 0      4096    2         7     34.2ms    web.service
                        [::]:80       Stream web.socket running 3      4096    2         7     34.2ms    web.service

                        2 sockets listed.
                        """);
    }

    @Test
    void noSocketIsSaid() {
        assertThat(rig.run("list-sockets", "--all", "nothing").out()).isEqualTo("0 sockets listed.\n");
    }

    @Test
    void socketsForPrograms() {
        assertThat(rig.run("list-sockets", "--json", "ssh.socket").out())
                .contains("\"listen\" : \"0.0.0.0:22\"", "\"unit\" : \"ssh.socket\"", "\"backlog\" : 128");
        assertThat(rig.run("list-sockets", "--json", "web").out()).contains("\"lastWakeMicros\" : 34180");
        assertThat(rig.run("list-sockets", "--no-legend", "ssh").out())
                .isEqualTo("0.0.0.0:22 ssh.socket ssh@0-127.0.0.1:22-127.0.0.1:4000.service\n");
    }

    @Test
    void unitsThatAreActiveOrFailedAreListed() {
        assertThat(rig.run("list-units").out())
                .isEqualTo("""
                          UNIT          LOAD   ACTIVE SUB         DESCRIPTION
                        ● crash.service loaded failed backing-off Crashing thing
                          ssh.socket    loaded active listening   OpenBSD Secure Shell server socket
                          web.service   loaded active running     Web front
                          web.socket    loaded active running     Web front
                        """
                        + UNIT_LEGEND
                        + "4 loaded units listed. Pass --all to see loaded but inactive units, too.\n");
    }

    @Test
    void unitsCanBeChosenByTypeStateAndName() {
        assertThat(rig.run("list-units", "--all", "--type=service", "--no-legend")
                        .out())
                .isEqualTo("""
                        ● crash.service loaded failed   backing-off Crashing thing
                          db.service    loaded inactive dead        Database
                          web.service   loaded active   running     Web front
                        """);
        assertThat(rig.run("list-units", "--state=listening,dead", "--no-legend")
                        .out())
                .contains("ssh.socket", "db.service")
                .doesNotContain("web");
        assertThat(rig.run("list-units", "--failed", "--no-legend").out().lines())
                .singleElement()
                .asString()
                .contains("crash.service");
        assertThat(rig.run("list-units", "web*", "--no-legend").out().lines()).hasSize(2);
        assertThat(rig.run("list-units", "nothing*").out())
                .isEqualTo("0 loaded units listed. Pass --all to see loaded but inactive units, too.\n");
    }

    @Test
    void tableFitsTheTerminalAndFullDoesNot() {
        rig.onTerminal(60, false);
        assertThat(rig.run("list-units").out())
                .contains("  ssh.socket    loaded active listening   OpenBSD Secure Sh…\n");
        assertThat(rig.run("list-units").out().lines().limit(5)).allMatch(line -> line.length() <= 60);
        assertThat(rig.run("list-units", "--full").out()).contains("OpenBSD Secure Shell server socket\n");
    }

    @Test
    void colorsAreForTerminalsOnly() {
        assertThat(rig.run("list-units").out()).doesNotContain("\u001b");
        assertThat(rig.onTerminal(100, true).run("list-units").out()).contains("\u001b[0;1;31m●\u001b[0m");
    }
}
