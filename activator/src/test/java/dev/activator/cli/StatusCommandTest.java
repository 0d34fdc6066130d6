package dev.activator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.control.ActiveState;
import dev.activator.control.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatusCommandTest {
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
    void socketThatWokeItsService() {
        CommandRig.Result result = rig.run("status", "web.socket");
        assertThat(result.status()).isZero();
        assertThat(result.out()).isEqualTo("""
                        ● web.socket - Web front
                             Loaded: loaded (/etc/units/web.socket; enabled)
                            Drop-In: /etc/units/web.socket.d
                                     └─10-port.conf, 20-more.conf
                             Active: active (running) since Fri 2026-11-20 08:00:00 UTC; 5min ago
                           Triggers: ● web.service
                               Docs: man:nginx(8)
                                     https://example.org/web
                             Listen: [::]:80 (Stream)
                                     /run/web.sock (Stream)
                            Backlog: 4096, 3 waiting, at most 37 seen
                                     4096 of 8192 asked for (net.core.somaxconn caps it), 0 waiting
                              Wakes: 7
                          Last wake: Fri 2026-11-20 08:04:48 UTC; 12s ago
                                     by connection on [::]:80, took 34.2ms
                                     decide 180us, spawn 3.1ms, ready 30.9ms
                            Warning: Transparent=: CAP_NET_ADMIN is missing, ignoring
                        """);
    }

    @Test
    void runningServiceWithItsLog() throws IOException {
        rig.operations().withLog("web.service", Files.writeString(directory.resolve("log"), "one\ntwo\nthree\n"));
        CommandRig.Result result = rig.run("status", "-n2", "web");
        assertThat(result.status()).isZero();
        assertThat(result.out()).isEqualTo("""
                        ● web.service - Web front
                             Loaded: loaded (/etc/units/web.service; static)
                             Active: active (running) since Fri 2026-11-20 08:04:48 UTC; 12s ago
                        TriggeredBy: ● web.socket
                          Last wake: Fri 2026-11-20 08:04:48 UTC; 12s ago
                                     by connection on [::]:80, took 34.2ms
                                     decide 180us, spawn 3.1ms, ready 30.9ms
                           Main PID: 5000 (nginx)
                             Status: "serving 2 clients"
                           Restarts: 1
                               Idle: 30s of 1min: 0 connections, 0 bytes, 0.1 % CPU
                                     stop in 30s
                              Tasks: 2
                             Memory: 5.6M
                                CPU: 51.0ms
                             CGroup: /activator/web.service
                                     ├─5000 nginx: master
                                     └─5001 nginx: worker process

                        two
                        three
                        """);
    }

    @Test
    void serviceInBackOffSaysWhyAndWhenItTriesAgain() {
        CommandRig.Result result = rig.run("status", "crash");
        assertThat(result.status()).isEqualTo(3);
        assertThat(result.out()).isEqualTo("""
                        × crash.service - Crashing thing
                             Loaded: loaded (/etc/units/crash.service; disabled)
                             Active: failed (Result: exit-code) since Fri 2026-11-20 08:04:58 UTC; 2s ago
                           Next try: in 12s
                             Reason: crash.service: main process exited, code=exited, status=203/EXEC
                           Main PID: 6000 (code=exited, status=203/EXEC)
                           Restarts: 3
                            Refused: PrivateNetwork=yes cannot be applied here
                        """);
    }

    @Test
    void acceptingSocketCountsItsConnections() {
        assertThat(rig.run("status", "ssh.socket").out()).contains("   Accepted: 5; Connected: 1; Refused: 2\n");
    }

    @Test
    void superServerAsAWhole() {
        CommandRig.Result result = rig.run("status");
        assertThat(result.status()).isZero();
        assertThat(result.out()).isEqualTo("""
                        ● activator 0.1.0
                              State: degraded
                              Units: 5 loaded, 1 failed
                          Listening: 4 of 4 sockets open
                           Services: 1 running
                              Since: Fri 2026-11-20 08:00:00 UTC; 5min ago
                           Main PID: 4711
                           Open fds: 42
                             Memory: 35.0M
                            Runtime: /run/activator
                              Reads: /etc/units /usr/lib/units

                          UNIT          ACTIVE SUB         SINCE
                        × crash.service failed backing-off Fri 2026-11-20 08:04:58 UTC; 2s ago
                        ● web.service   active running     Fri 2026-11-20 08:04:48 UTC; 12s ago

                        /etc/units/bad.socket:3:14: error: ListenStream= '0.0.0.0:99999': port must be 1..65535
                        """);
    }

    @Test
    void superServerPointsAtASocketThatCannotBeOpened() {
        rig.operations().with(Samples.unboundSocket());
        assertThat(rig.run("status").out()).containsPattern("taken.socket +activating +start-open");
        assertThat(rig.run("why", "taken.socket").out())
                .startsWith("In trouble: taken.socket, cannot bind 0.0.0.0:25: EADDRINUSE.\n");
    }

    @Test
    void unknownUnitIsFour() {
        CommandRig.Result result = rig.run("status", "wbe.socket");
        assertThat(result.status()).isEqualTo(4);
        assertThat(result.err()).isEqualTo("Unit wbe.socket could not be found; did you mean 'web.socket'?\n");
    }

    @Test
    void severalUnitsEndWithTheWorst() {
        assertThat(rig.run("status", "web", "crash").status()).isEqualTo(3);
        assertThat(rig.run("status", "web", "nope", "crash").status()).isEqualTo(4);
        assertThat(rig.run("status", "web*").status()).isZero();
    }

    @Test
    void jsonIsTheServersOwn() {
        CommandRig.Result result = rig.run("status", "--json", "web.socket");
        assertThat(result.out()).startsWith("[ {").contains("\"id\" : \"web.socket\"", "\"queued\" : 3");
    }

    @Test
    void questionsForScripts() {
        assertThat(rig.run("is-active", "web", "db")).isEqualTo(new CommandRig.Result(0, "active\ninactive\n", ""));
        assertThat(rig.run("is-active", "db")).isEqualTo(new CommandRig.Result(3, "inactive\n", ""));
        assertThat(rig.run("is-active", "nope")).isEqualTo(new CommandRig.Result(4, "inactive\n", ""));
        assertThat(rig.run("is-active", "-q", "web")).isEqualTo(new CommandRig.Result(0, "", ""));
        assertThat(rig.run("is-failed", "crash")).isEqualTo(new CommandRig.Result(0, "failed\n", ""));
        assertThat(rig.run("is-failed", "web")).isEqualTo(new CommandRig.Result(1, "active\n", ""));
        assertThat(rig.run("is-enabled", "web.socket")).isEqualTo(new CommandRig.Result(0, "enabled\n", ""));
        assertThat(rig.run("is-enabled", "crash")).isEqualTo(new CommandRig.Result(1, "disabled\n", ""));
        assertThat(rig.run("is-enabled", "nope")).isEqualTo(new CommandRig.Result(4, "not-found\n", ""));
    }

    @Test
    void textOfAServiceCannotMoveTheCursor() throws IOException {
        rig.operations()
                .with(Samples.plain("evil.service", "service", "a\u001b[2Jb\nc", ActiveState.ACTIVE, "running", null))
                .withLog("evil.service", Files.writeString(directory.resolve("log"), "one\u001b]0;x\u0007\ttwo\n"));
        assertThat(rig.run("status", "evil").out())
                .startsWith("● evil.service - a\\x1b[2Jb\\nc\n")
                .endsWith("one\\x1b]0;x\\x07\ttwo\n");
        assertThat(rig.run("list-units").out()).contains("a\\x1b[2Jb\\nc\n");
        assertThat(rig.run("logs", "evil").out()).contains("\u001b");
        assertThat(rig.onTerminal(80, false).run("logs", "evil").out()).isEqualTo("one\\x1b]0;x\\x07\ttwo\n");
    }
}
