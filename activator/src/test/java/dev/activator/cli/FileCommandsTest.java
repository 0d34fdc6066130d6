package dev.activator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileCommandsTest {
    @TempDir
    private Path directory;

    private Path units;
    private CommandRig rig;

    @BeforeEach
    void open() throws IOException {
        units = Files.createDirectory(directory.resolve("units"));
        rig = new CommandRig(directory.resolve("run"));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void goodUnitsAreShownWithWhatBecomesOfTheirDirectives() throws IOException {
        write("web.socket", "[Socket]\nListenStream=8080\nBacklog=64\n");
        write("web.service", "[Service]\nExecStart=/bin/cat\nPrivateNetwork=no\n");
        CommandRig.Result result = rig.run("verify", units.toString());
        assertThat(result.status()).isZero();
        assertThat(result.out()).isEqualTo("""
                        web.socket: loaded
                          applied      Backlog= Listen=
                          mind         ListenStream=8080 listens on every address of this host, [::]:8080, and takes IPv4 clients, too (BindIPv6Only=). ListenStream=127.0.0.1:8080 keeps it to this host.
                        web.service: loaded
                          applied      ExecStart= PrivateNetwork=

                        no problem in 2 units
                        """);
    }

    @Test
    void aSocketIsExplainedWithItsService() throws IOException {
        write(
                "web.socket",
                "[Socket]\nListenStream=127.0.0.1:8080\nListenStream=/tmp/web\nBacklog=64\nSocketMode=0600\n");
        write(
                "web.service",
                "[Unit]\nRequires=db.service\nAfter=db.service\n[Service]\nUser=nobody\nProtectSystem=full\nMemoryMax=64M\nExecStart=/bin/cat --port 8080 > log\n"
                        + "[X-Activator]\nIdleTimeoutSec=10min\n");
        write("db.service", "[Service]\nExecStart=/bin/cat\n");
        CommandRig.Result result =
                rig.run("explain", units.resolve("web.socket").toString());
        assertThat(result.status()).isZero();
        assertThat(result.out()).isEqualTo("""
                        web.socket
                          Listens on    TCP 127.0.0.1:8080, descriptor name "web.socket", backlog 64
                                        Unix stream socket /tmp/web, descriptor name "web.socket", backlog 64, mode 0600, owner the super-server's user:its group
                          Then          leaves the connection in the queue and starts web.service, which accepts it and all that follow
                          If it fails   the socket stays open, clients wait, and the next try comes later each time, at most 5min later

                        web.service
                          Started by    web.socket
                          Runs          /bin/cat --port 8080 > log
                          As            user nobody
                          In            directory /, umask 0022
                          Confined      ProtectSystem=full
                          Descriptors   0 is /dev/null
                                        1 is the unit's log
                                        2 is the unit's log
                                        3 is TCP 127.0.0.1:8080, named "web.socket"
                                        4 is Unix stream socket /tmp/web, named "web.socket"
                                        LISTEN_FDS=2 and LISTEN_PID tell it of them
                          Is up         as soon as there is a process; clients wait in the queue until it accepts them
                          When it ends  it stays away until somebody comes; after a failure the next start comes later each time, at most 5min later
                          To stop it    SIGTERM to all its processes, after 1min 30s SIGKILL
                          Sleeps        after 10min in which nobody uses it (IdleAction=stop)
                          Limits        1024 open files, which it may raise to 524288
                                        MemoryMax=67108864
                          Needs         Requires db.service, which starts first
                          Mind          There is no shell: '>' of /bin/cat is an argument like any other. /bin/sh -c '...' makes it one.

                        """);
    }

    @Test
    void aStartLimitIsToldOfWhereOneHolds() throws IOException {
        write("web.service", "[Unit]\nStartLimitBurst=3\n[Service]\nExecStart=/bin/cat\nRestart=always\n");
        write("old.service", "[Service]\nExecStart=/bin/cat\n[X-Activator]\nFailureMode=systemd\n");
        write("free.service", "[Unit]\nStartLimitIntervalSec=0\n[Service]\nExecStart=/bin/cat\n");
        assertThat(rig.run("explain", "--units", units.toString(), "web", "old").out())
                .contains("(Restart=always); at most 3 starts in 10s", "comes; at most 5 starts in 10s");
        assertThat(rig.run("explain", "--units", units.toString(), "free").out())
                .contains("comes; after a failure the next start comes later each time");
    }

    @Test
    void whatCannotBeExplainedIsNamedWithItsProblemOrTheNearestName() throws IOException {
        write("web.service", "[Service]\nExecStart=/bin/web\n");
        write("bad.service", "[Service]\nType=simple\n");
        assertThat(rig.run("explain", "--units", units.toString(), "wep").err())
                .isEqualTo("Unit wep.service not found; did you mean 'web.service'?\n");
        assertThat(rig.run("explain", "--units", units.toString(), "bad").err())
                .startsWith("Unit bad.service is bad-setting:\n")
                .contains("no program to run; set ExecStart=");
    }

    @Test
    void securityThatCannotBeHadIsAnErrorUnlessAllowed() throws IOException {
        write("web.service", "[Service]\nExecStart=/bin/cat\nMemoryDenyWriteExecute=yes\n");
        String file = units.resolve("web.service").toString();
        CommandRig.Result result = rig.run("verify", file);
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .startsWith(
                        "web.service: loaded, does not start\n  applied      ExecStart=\n  refused      MemoryDenyWriteExecute=\n")
                .contains(file + ":3:1: error: MemoryDenyWriteExecute= cannot be applied");
        assertThat(rig.run("verify", "--allow-unsupported-hardening", file).status())
                .isZero();
    }

    @Test
    void everyProblemIsPrintedWithItsPlace() throws IOException {
        write("web.socket", "[Socket]\nListenStream=8080\nMaxConection=4\nListenStream=0.0.0.0:99999\n");
        write("web.service", "[Service]\nExecStart=/bin/cat\n");
        CommandRig.Result result =
                rig.run("verify", "-q", units.resolve("web.socket").toString());
        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("web.socket:3:1: warning: unknown setting 'MaxConection=' in [Socket]")
                .contains("did you mean 'MaxConnections='?")
                .contains("web.socket:4:14: warning: ListenStream= '0.0.0.0:99999'")
                .contains("2 problems in 1 file");
    }

    @Test
    void problemsForPrograms() throws IOException {
        write("web.socket", "[Socket]\nListenStream=8080\n");
        assertThat(rig.run("verify", "--json", units.toString()).out())
                .contains(
                        "\"severity\" : \"error\"", "\"web.socket\" : {", "there is no service 'web.service' to start");
    }

    @Test
    void missingFileIsAProblem() {
        CommandRig.Result result = rig.run("verify", units.resolve("no.socket").toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("no.socket: error: cannot be read: no such file");
        assertThat(rig.run("verify").status()).isEqualTo(2);
    }

    @Test
    void aProgramThatIsNotHereKeepsItsUnitFromStarting() throws IOException {
        write("web.service", "[Service]\nExecStart=/usr/bin/nosuchprogram --port 80\n");
        write("dir.service", "[Service]\nExecStart=/etc\n");
        write("bare.service", "[Service]\nExecStart=nosuch --flag\n");
        CommandRig.Result result = rig.run("verify", units.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .contains(
                        "web.service: loaded, does not start\n",
                        "web.service:2:11: error: ExecStart= '/usr/bin/nosuchprogram': there is no such program here, 'web.service' will"
                                + " not start; install it or correct the path\n",
                        "dir.service:2:11: error: ExecStart= '/etc': is a directory, 'dir.service' will not start",
                        "bare.service:2:11: error: ExecStart= 'nosuch': there is no such program in /usr/local/sbin:")
                .endsWith(
                        "3 problems in 3 files; all units loaded, 'bare.service', 'dir.service', 'web.service' will not start, 0 other"
                                + " units unaffected\n");
        assertThat(rig.run("explain", "--units", units.toString(), "web").out())
                .contains("  Cannot start  ExecStart= '/usr/bin/nosuchprogram': there is no such program here");
    }

    @Test
    void aMistypedProgramGetsASuggestion() throws IOException {
        write("web.service", "[Service]\nExecStart=/opt/bin/cat\n");
        write("sleep.service", "[Service]\nExecStart=sleeep 1\n");
        assertThat(rig.run("verify", "-q", units.toString()).out())
                .containsPattern("did you mean '/(usr/)?bin/cat'\\?")
                .contains("did you mean 'sleep'?");
    }

    @Test
    void aCommandThatMayFailIsAWarningOnly() throws IOException {
        write(
                "web.service",
                "[Service]\nExecStartPre=-/no/such\nExecStartPre=/bin/true\nExecStart=/bin/cat\nExecStop=/no/such\n");
        CommandRig.Result result = rig.run("verify", units.toString());
        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains(
                        "web.service:2:14: warning: ExecStartPre= '/no/such': there is no such program here, which its '-' lets pass",
                        "web.service:5:10: warning: ExecStop= '/no/such': there is no such program here, so that this command fails");
    }

    @Test
    void whoeverIsNotOfThisHostKeepsUnitsFromStarting() throws IOException {
        write("web.service", "[Service]\nUser=nobdy\nGroup=nosuchgroup\nExecStart=/bin/cat\n");
        write("web.socket", "[Socket]\nListenStream=/tmp/web\nSocketMode=0600\nSocketUser=nobdy\n");
        CommandRig.Result result = rig.run("verify", units.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .contains(
                        "web.service:2:6: error: User= 'nobdy': there is no such user here, 'web.service' will not start; did you mean"
                                + " 'nobody'?",
                        "web.service:3:7: error: Group= 'nosuchgroup': there is no such group here",
                        "web.socket:4:12: error: SocketUser= 'nobdy': there is no such user here, 'web.socket' will not start");
    }

    @Test
    void aDirectoryThatIsNotHereKeepsItsUnitFromStarting() throws IOException {
        write("web.service", "[Service]\nWorkingDirectory=/nonexistent/dir\nExecStart=/bin/cat\n");
        CommandRig.Result result = rig.run("verify", units.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .contains(
                        "web.service:2:18: error: WorkingDirectory= '/nonexistent/dir': there is no such directory, 'web.service' will"
                                + " not start; make it, or write '-/nonexistent/dir' to do without");
    }

    @Test
    void whatAStartMakesOrAnInstanceNamesNeedNotBeHere() throws IOException {
        write(
                "a.service",
                "[Service]\nStateDirectory=nosuch\nWorkingDirectory=/var/lib/nosuch/deep\nExecStart=/bin/cat\n");
        write("b.service", "[Service]\nWorkingDirectory=-/nonexistent\nExecStart=/bin/cat\n");
        write("c@.service", "[Service]\nUser=%i\nWorkingDirectory=/srv/%i\nExecStart=/opt/%i/run\n");
        write("d.service", "[Service]\nDynamicUser=yes\nUser=nosuchuser\nExecStart=/bin/cat\n");
        write("e.service", "[Service]\nBindPaths=/opt/e:/usr/e\nExecStart=/usr/e/run\n");
        write(
                "f.service",
                "[Unit]\nConditionFileIsExecutable=/usr/sbin/nosuch\n[Service]\nExecStart=/usr/sbin/nosuch\n");
        CommandRig.Result result = rig.run("verify", units.toString());
        assertThat(result.out()).doesNotContain("error");
        assertThat(result.status()).isZero();
    }

    @Test
    void directiveIsExplained() {
        CommandRig.Result result = rig.run("directives", "backlog=");
        assertThat(result.status()).isZero();
        assertThat(result.out())
                .startsWith("Backlog= in [Socket]\n")
                .contains("  here: applied\n", "  systemd: the same\n");
        assertThat(rig.run("directives", "Limit*").out()).contains("LimitNOFILE=", "LimitCORE=");
    }

    @Test
    void directivesAreListedByType() {
        assertThat(rig.run("directives", "--type=socket").out())
                .contains("[Socket]", "Backlog=")
                .doesNotContain("[Service]");
        assertThat(rig.run("directives").out()).contains("[Service]", "[X-Activator]", "IdleTimeoutSec=");
        assertThat(rig.run("directives", "--type=timer").status()).isEqualTo(2);
    }

    @Test
    void unknownDirectiveGetsASuggestion() {
        CommandRig.Result result = rig.run("directives", "Backlogg");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("There is no directive 'Backlogg'; did you mean 'Backlog'?\n");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(units.resolve(name), text);
    }
}
