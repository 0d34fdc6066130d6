package dev.activator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.activator.control.Event;
import dev.activator.handoff.testing.FakeChild;
import dev.activator.listener.testing.FdLeakCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FdLeakCheck.class)
class SuspensionScenariosTest {
    private static final String SOCKET = "[Socket]\nListenStream=PORT\n";
    private static final String SERVICE = "[Service]\nExecStart=/bin/true\nKillMode=mixed\n";

    @TempDir
    private Path directory;

    private Rig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new Rig(directory);
    }

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    private void load(String socket, String service) {
        rig.unit("web.socket", SOCKET + socket).unit("web.service", service).load();
    }

    private Suspension suspension() {
        Suspension suspension = rig.socket("web.socket").suspension();
        assertThat(suspension).isNotNull();
        return suspension;
    }

    private static String read(SocketChannel client) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(100_000);
        while (client.read(into) >= 0) {
            // until the end
        }
        return StandardCharsets.UTF_8.decode(into.flip()).toString();
    }

    @Test
    void aServiceThatEndsWithSuccessAndAcceptsNobodyIsStartedEverMoreSeldom() {
        load("", SERVICE);
        rig.connect();
        int launches = 0;
        for (int milli = 0; milli < 60_000; milli += 10) {
            while (!rig.launcher().running().isEmpty()) {
                rig.launcher().expectLaunch("web.service").exit(0);
                launches++;
            }
            rig.advance(Duration.ofMillis(10));
        }
        assertThat(launches).isBetween(10, 16);
        assertThat(suspension().cause()).isEqualTo(SuspensionCause.NOTHING_ACCEPTED);
        assertThat(rig.events().count("accepts nobody")).isLessThanOrEqualTo(2);
        assertThat(rig.feed().latest())
                .anyMatch(event -> event.kind() == Event.Kind.SUSPENSION
                        && event.unit().equals("web.socket")
                        && event.text().contains("resuming in"));
        assertThat(rig.socket("web.socket").state().isOpen()).isTrue();
    }

    @Test
    void aServiceThatServesOneClientEachTimeIsStartedAtOnceForTheNext() {
        load("", SERVICE);
        for (int i = 0; i < 3; i++) {
            rig.connect();
        }
        // Each run takes one client, and as many new ones come: the queue is never shorter than before.
        for (int run = 0; run < 50; run++) {
            FakeChild child = rig.launcher().expectLaunch("web.service");
            rig.connect();
            rig.takeOne("web.socket");
            child.exit(0);
            rig.advance(Duration.ofMillis(1));
        }
        rig.launcher().expectLaunch("web.service");
    }

    @Test
    void oneThatWasHonestAndAcceptsNobodyAnyMoreIsTrustedNoLongerThanAWhile() {
        load("", SERVICE);
        rig.connect();
        for (int run = 0; run < 100; run++) {
            FakeChild child = rig.launcher().expectLaunch("web.service");
            rig.connect();
            rig.takeOne("web.socket");
            child.exit(0);
            rig.advance(Duration.ofMillis(1));
        }
        int launches = 0;
        for (int milli = 0; milli < 10_000; milli += 10) {
            while (!rig.launcher().running().isEmpty()) {
                rig.launcher().expectLaunch("web.service").exit(0);
                launches++;
            }
            rig.advance(Duration.ofMillis(10));
        }
        assertThat(launches).isLessThan(100);
        assertThat(suspension().cause()).isEqualTo(SuspensionCause.NOTHING_ACCEPTED);
    }

    @Test
    void aVainRunHealsWithTheFirstClientThatIsAccepted() {
        load("", SERVICE);
        rig.connect();
        for (int run = 0; run < 4; run++) {
            rig.launcher().expectLaunch("web.service").exit(0);
            rig.advance(Duration.ofMillis(1));
        }
        assertThat(rig.socket("web.socket").state()).isEqualTo(SocketState.SUSPENDED);
        rig.advance(Duration.ofMillis(100));
        FakeChild honest = rig.launcher().expectLaunch("web.service");
        rig.takeOne("web.socket");
        honest.exit(0);
        rig.connect();
        rig.launcher().expectLaunch("web.service");
        assertThat(rig.socket("web.socket").suspension()).isNull();
    }

    @Test
    void aTriggerLimitThatIsReachedAgainAtOnceRestsTwiceAsLong() {
        load("TriggerLimitIntervalSec=2\nTriggerLimitBurst=1\n", SERVICE);
        rig.connect();
        rig.launcher().expectLaunch("web.service").exit(0);
        rig.advance(Duration.ofMillis(1));
        assertThat(suspension().attempt()).isEqualTo(1);
        rig.advance(Duration.ofSeconds(2));
        rig.launcher().expectLaunch("web.service").exit(0);
        rig.advance(Duration.ofMillis(3_500));
        rig.launcher().noFurtherLaunch();
        assertThat(suspension().cause()).isEqualTo(SuspensionCause.TRIGGER_LIMIT);
        rig.advance(Duration.ofMillis(600));
        rig.launcher().expectLaunch("web.service");
    }

    @Test
    void aRestIsCountedDownAndItsAttemptsAreCounted() {
        load("", SERVICE);
        rig.connect();
        for (int failure = 1; failure <= 3; failure++) {
            rig.launcher().expectLaunch("web.service").exit(1);
            rig.advance(Duration.ofMillis(1));
            assertThat(suspension().cause()).isEqualTo(SuspensionCause.SERVICE_FAILED);
            assertThat(suspension().attempt()).isEqualTo(failure);
            rig.advance(Duration.ofMillis(100L << (failure - 1)));
        }
    }

    @Test
    void clientsAreResetWhileTheActivationRestsIfTheUnitSaysSo() {
        load("[X-Activator]\nWhileSuspended=reset\n", SERVICE);
        SocketChannel first = rig.connect();
        rig.launcher().expectLaunch("web.service").exit(1);
        rig.advance(Duration.ofMillis(1));
        assertThat(rig.socket("web.socket").state()).isEqualTo(SocketState.REFUSING);
        SocketChannel second = rig.connect();
        assertThatThrownBy(() -> first.read(ByteBuffer.allocate(1))).hasMessageContaining("reset");
        assertThatThrownBy(() -> second.read(ByteBuffer.allocate(1))).hasMessageContaining("reset");
        rig.launcher().noFurtherLaunch();
        assertThat(rig.socket("web.socket").connections().refusedBy()).containsEntry("suspended", 2L);
        rig.advance(Duration.ofMillis(100));
        rig.connect();
        rig.launcher().expectLaunch("web.service");
    }

    @Test
    void clientsReadTheAnswerWhileTheActivationRests() throws IOException {
        Path answer = directory.resolve("503");
        Files.writeString(answer, "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\n\r\n");
        load("[X-Activator]\nWhileSuspended=answer:" + answer + "\n", SERVICE);
        SocketChannel client = rig.connect();
        client.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
        rig.launcher().expectLaunch("web.service").exit(1);
        rig.advance(Duration.ofMillis(1));
        assertThat(read(client)).isEqualTo(Files.readString(answer));
        Files.writeString(answer, "changed");
        rig.advance(Duration.ofMillis(99));
        SocketChannel waking = rig.connect();
        rig.launcher().expectLaunch("web.service").exit(1);
        rig.advance(Duration.ofMillis(1));
        assertThat(read(waking)).startsWith("HTTP/1.1 503");
        rig.advance(Duration.ofMillis(10));
    }

    @Test
    void aMissingAnswerIsToldWhenTheUnitIsLoaded() throws IOException {
        load("[X-Activator]\nWhileSuspended=answer:/nowhere/503\n", SERVICE);
        assertThat(rig.events().count("cannot read /nowhere/503: there is no such file"))
                .isEqualTo(1);
        SocketChannel client = rig.connect();
        rig.launcher().expectLaunch("web.service").exit(1);
        rig.advance(Duration.ofMillis(1));
        assertThat(read(client)).isEmpty();
    }

    @Test
    void aClientOverTheLimitReadsTheBanner() throws IOException {
        Path banner = directory.resolve("busy");
        Files.writeString(banner, "busy, come again\n");
        rig.unit("web.socket", SOCKET + "Accept=yes\nMaxConnections=1\n[X-Activator]\nOnLimit=banner:" + banner + "\n")
                .unit("web@.service", SERVICE + "StandardInput=socket\n")
                .load();
        rig.connect();
        assertThat(read(rig.connect())).isEqualTo("busy, come again\n");
        assertThat(rig.socket("web.socket").connections().refusedBy()).containsEntry("max-connections", 1L);
    }

    @Test
    void outsideAccessTimesNothingIsWokenUntilTheyBegin() {
        // The rig's clock begins on Thursday, 1970-01-01T00:00 UTC.
        load("[X-Activator]\nAccessTimes=Thu 08:00-18:00 Fri 09:00-10:00\n", SERVICE);
        rig.connect();
        rig.advance(Duration.ofHours(7));
        rig.launcher().noFurtherLaunch();
        assertThat(suspension().cause()).isEqualTo(SuspensionCause.ACCESS_TIMES);
        assertThat(suspension().until()).isEqualTo("1970-01-01T08:00:00Z");
        rig.advance(Duration.ofHours(1).plusSeconds(1));
        rig.launcher().expectLaunch("web.service");
        assertThat(rig.events().count("outside AccessTimes=")).isEqualTo(1);
    }

    @Test
    void aHostUnderLoadIsLeftAloneUntilItIsLess() {
        load("[X-Activator]\nMaxLoad=4\n", SERVICE);
        rig.loadAverage(7.5);
        rig.connect();
        rig.advance(Duration.ofSeconds(10));
        rig.launcher().noFurtherLaunch();
        assertThat(suspension().why()).isEqualTo("the load average is 7.50, above MaxLoad=4.0");
        rig.loadAverage(3.9);
        rig.advance(Duration.ofSeconds(30));
        rig.launcher().expectLaunch("web.service");
    }

    @Test
    void connectionsOverTheRateWaitUntilItAllowsThem() throws IOException {
        rig.unit("web.socket", SOCKET + "Accept=yes\n[X-Activator]\nConnectionRate=2/10s\n")
                .unit("web@.service", SERVICE + "StandardInput=socket\n")
                .load();
        for (int i = 0; i < 3; i++) {
            rig.connect();
        }
        assertThat(rig.launcher().plans()).hasSize(2);
        assertThat(suspension().cause()).isEqualTo(SuspensionCause.CONNECTION_RATE);
        rig.advance(Duration.ofSeconds(10));
        assertThat(rig.launcher().plans()).hasSize(3);
        assertThat(rig.socket("web.socket").connections().refused()).isZero();
    }
}
