package dev.activator.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.activator.control.testing.ControlRig;
import dev.activator.control.testing.Samples;
import dev.activator.listener.testing.FdLeakCheck;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FdLeakCheck.class)
@Timeout(60)
final class ControlServerTest {
    private static final String CLOSE = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    @TempDir
    private Path directory;

    @Test
    void tellsAboutItselfInJson() throws IOException {
        try (ControlRig rig = ControlRig.open(directory)) {
            String answer = RawClient.ask(rig.socket(), "GET /v1/server" + CLOSE);
            assertThat(answer).startsWith("HTTP/1.1 200 OK").contains("Content-Type: application/json", "\"pid\":4711");
        }
    }

    @Test
    void servesOneRequestAfterAnotherOnOneConnection() throws IOException {
        try (ControlRig rig = ControlRig.open(directory);
                RawClient client = new RawClient(rig.socket())) {
            for (int i = 0; i < 20; i++) {
                client.send("GET /v1/server HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(client.readUntil("\"defaultTarget\":\"sockets.target\"}\n"))
                        .startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void socketAndItsDirectoryBelongToTheOwnerAlone() throws IOException {
        Path runtime = directory.resolve("run");
        try (ControlRig rig = ControlRig.open(runtime)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(runtime)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rig.socket())))
                    .isEqualTo("rw-------");
        }
        assertThat(directory.resolve("run/control.sock")).doesNotExist();
    }

    @Test
    void secondServerOnTheSameSocketIsRefusedAndTheFirstGoesOn() throws IOException {
        try (ControlRig first = ControlRig.open(directory);
                ControlRig second = new ControlRig(directory)) {
            assertThatThrownBy(second::openServer)
                    .isInstanceOf(ControlSocketTaken.class)
                    .hasMessageContaining("another super-server is running on '" + first.socket() + "'")
                    .hasMessageContaining("--runtime DIR");
            assertThat(RawClient.ask(first.socket(), "GET /v1/server" + CLOSE)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void liveSocketOfAnotherProgramIsLeftAlone() throws IOException {
        Path socket = directory.resolve("control.sock");
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                ControlRig rig = new ControlRig(directory)) {
            other.bind(UnixDomainSocketAddress.of(socket));
            assertThatThrownBy(rig::openServer).isInstanceOf(ControlSocketTaken.class);
            assertThat(socket).exists();
        }
    }

    @Test
    void staleSocketOfACrashedServerIsReplaced() throws IOException {
        try (ServerSocketChannel crashed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            crashed.bind(UnixDomainSocketAddress.of(directory.resolve("control.sock")));
        }
        try (ControlRig rig = ControlRig.open(directory)) {
            assertThat(RawClient.ask(rig.socket(), "GET /v1/server" + CLOSE)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void ordinaryFileInTheSocketsPlaceIsNotRemoved() throws IOException {
        Path file = Files.writeString(directory.resolve("control.sock"), "precious");
        try (ControlRig rig = new ControlRig(directory)) {
            assertThatThrownBy(rig::openServer).hasMessageContaining("something that is not a socket lies there");
        }
        assertThat(file).hasContent("precious");
    }

    @Test
    void directoryOfSomebodyElseIsNotTrusted() throws IOException {
        Path foreign = Files.createDirectory(directory.resolve("foreign"));
        org.junit.jupiter.api.Assumptions.assumeTrue(
                (Integer) Files.getAttribute(foreign, "unix:uid") == 0, "only root can give a directory away");
        Files.setAttribute(foreign, "unix:uid", 12345);
        try (ControlRig rig = new ControlRig(foreign)) {
            assertThatThrownBy(rig::openServer).hasMessageContaining("belongs to uid 12345");
        }
    }

    @Test
    void pathThatIsTooLongForASocketIsRefusedWithItsLength() throws IOException {
        Path deep = directory.resolve("d".repeat(100));
        try (ControlRig rig = new ControlRig(deep)) {
            assertThatThrownBy(rig::openServer)
                    .hasMessageContaining("a Unix socket's can have 107; give a shorter --runtime DIR");
        }
    }

    @Test
    void garbageIsDroppedAndTheNextClientServed() throws IOException {
        try (ControlRig rig = ControlRig.open(directory)) {
            assertThat(RawClient.ask(rig.socket(), "\u0016\u0003\u0001 no http at all\r\n\r\n"))
                    .startsWith("HTTP/1.1 400");
            assertThat(RawClient.ask(rig.socket(), "GET /" + "a".repeat(5000) + CLOSE))
                    .startsWith("HTTP/1.1 400");
            assertThat(RawClient.ask(rig.socket(), "GET /v1/server HTTP/1.1\r\nX: " + "a".repeat(13000) + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 400");
            assertThat(RawClient.ask(rig.socket(), "GET /v1/units/%zz" + CLOSE)).startsWith("HTTP/1.1 400");
            assertThat(RawClient.ask(rig.socket(), "GET /v1/server" + CLOSE)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void bodyThatIsTooLargeIsRefused() throws IOException {
        try (ControlRig rig = ControlRig.open(directory);
                RawClient client = new RawClient(rig.socket())) {
            client.send("POST /v1/requests HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n{");
            assertThat(client.readUntil("\r\n")).startsWith("HTTP/1.1 413");
            assertThat(rig.operations().requests()).isEmpty();
        }
    }

    @Test
    void requestsSentAheadAreAnsweredInTheirOrder() throws IOException {
        try (ControlRig rig = ControlRig.open(directory)) {
            String answers =
                    RawClient.ask(rig.socket(), "GET /v1/server HTTP/1.1\r\nHost: x\r\n\r\nGET /v1/units" + CLOSE);
            assertThat(answers.indexOf("\"pid\":4711")).isPositive().isLessThan(answers.indexOf("{\"units\":[]}"));
        }
    }

    @Test
    void requestThatArrivesByteByByteIsUnderstood() throws IOException {
        String body = "{\"verb\":\"stop\",\"units\":[\"web\"]}";
        String request = "POST /v1/requests HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
        try (ControlRig rig = ControlRig.open(directory);
                RawClient client = new RawClient(rig.socket())) {
            rig.operations().with(Samples.webService());
            for (int i = 0; i < request.length(); i++) {
                client.send(request.substring(i, i + 1));
            }
            assertThat(client.rest()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void headIsAnsweredWithoutABody() throws IOException {
        try (ControlRig rig = ControlRig.open(directory)) {
            assertThat(RawClient.ask(rig.socket(), "HEAD /v1/server" + CLOSE))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("\r\n\r\n");
        }
    }

    @Test
    void clientThatWaitsForLeaveToSendItsBodyGetsIt() throws IOException {
        try (ControlRig rig = ControlRig.open(directory);
                RawClient client = new RawClient(rig.socket())) {
            client.send(
                    "POST /v1/daemon-reload HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            client.readUntil("100 Continue\r\n\r\n");
            client.send("{}");
            client.readUntil("HTTP/1.1 200 OK");
        }
    }

    @Test
    void clientsThatLeaveInTheMiddleHarmNobody() throws IOException {
        try (ControlRig rig = ControlRig.open(directory)) {
            rig.operations()
                    .with(Samples.webService())
                    .withLog("web.service", Files.writeString(directory.resolve("log"), "x\n".repeat(100_000)));
            for (String start :
                    List.of("", "GET", "GET /v1/server HTTP/1.1\r\n", "GET /v1/units/web/logs?lines=100000" + CLOSE)) {
                try (RawClient client = new RawClient(rig.socket())) {
                    client.send(start);
                }
            }
            assertThat(RawClient.ask(rig.socket(), "GET /v1/server" + CLOSE)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void closingHangsUpOnClientsThatWait() throws IOException {
        RawClient idle;
        RawClient follower;
        try (ControlRig rig = ControlRig.open(directory.resolve("run"))) {
            rig.operations()
                    .with(Samples.webService())
                    .withLog("web.service", Files.writeString(directory.resolve("log"), "one\n"));
            idle = new RawClient(rig.socket());
            follower = new RawClient(rig.socket());
            follower.send("GET /v1/units/web/logs?follow=yes HTTP/1.1\r\nHost: x\r\n\r\n");
            follower.readUntil("one\n");
        }
        assertThat(idle.rest()).isEmpty();
        follower.rest();
        idle.close();
        follower.close();
    }

    @Test
    void crowdOfClientsIsServedInTheEnd() throws IOException {
        try (ControlRig rig = ControlRig.open(directory)) {
            List<RawClient> crowd = new ArrayList<>();
            for (int i = 0; i < ControlConnections.MOST + 20; i++) {
                crowd.add(new RawClient(rig.socket()));
            }
            // The last ones wait in the socket's queue until the first have gone.
            for (RawClient client : crowd) {
                client.send("GET /v1/server" + CLOSE);
                assertThat(client.rest()).startsWith("HTTP/1.1 200");
                client.close();
            }
        }
    }

    @Test
    void requestIsMadeInTheNameOfTheCaller() throws IOException {
        try (ControlRig rig = ControlRig.open(directory)) {
            rig.operations().with(Samples.webService());
            RawClient.ask(rig.socket(), "POST /v1/units/web/kill?signal=HUP" + CLOSE);
            Request request = rig.operations().requests().get(0);
            assertThat(request.verb()).isEqualTo(Verb.KILL);
            assertThat(request.units()).containsExactly("web.service");
            assertThat(request.options()).containsEntry("signal", "HUP");
            assertThat(request.caller().pid())
                    .isEqualTo((int) ProcessHandle.current().pid());
        }
    }

    @Test
    void logIsFollowedThroughRotation() throws IOException {
        Path log = Files.writeString(directory.resolve("web.log"), "one\ntwo\nthree\n");
        try (ControlRig rig = ControlRig.open(directory.resolve("run"))) {
            rig.operations().with(Samples.webService()).withLog("web.service", log);
            try (RawClient client = new RawClient(rig.socket())) {
                client.send("GET /v1/units/web.service/logs?follow=yes&lines=2 HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(client.readUntil("three\n")).contains("two").doesNotContain("one");
                Files.writeString(log, "four\n", StandardOpenOption.APPEND);
                client.readUntil("four\n");
                Files.move(log, directory.resolve("web.log.1"));
                Files.writeString(log, "five\n");
                client.readUntil("five\n");
            }
        }
    }

    @Test
    void logIsSentWhole() throws IOException {
        String text = "a line of the log\n".repeat(50_000);
        Path log = Files.writeString(directory.resolve("web.log"), text);
        try (ControlRig rig = ControlRig.open(directory.resolve("run"))) {
            rig.operations().with(Samples.webService()).withLog("web.service", log);
            String answer = RawClient.ask(rig.socket(), "GET /v1/units/web.service/logs?lines=100000" + CLOSE);
            assertThat(answer).contains("Transfer-Encoding: chunked").endsWith("0\r\n\r\n");
            assertThat(answer.length()).isGreaterThan(text.length());
        }
    }
}
