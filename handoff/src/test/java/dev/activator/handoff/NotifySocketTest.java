package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.activator.handoff.testing.LingeringSocket;
import dev.activator.listener.BorrowedFd;
import dev.activator.listener.Loop;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.SystemCallException;
import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.ManualLoop;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FdLeakCheck.class)
final class NotifySocketTest {
    private static final int SELF = Math.toIntExact(ProcessHandle.current().pid());

    @TempDir
    Path directory;

    private final ManualLoop loop = new ManualLoop();
    private final List<NotifyMessage> messages = new ArrayList<>();
    private final List<NotifySender> senders = new ArrayList<>();
    private final List<OwnedFd> stored = new ArrayList<>();

    @AfterEach
    void stop() {
        stored.forEach(OwnedFd::close);
        loop.close();
    }

    @Test
    void serviceIsHeardWithItsCredentials() {
        try (NotifySocket socket = open(path())) {
            client(socket).send(NotifyMessage.of("READY", "1", "STATUS", "up"));
            loop.runUntil(() -> messages.size() == 1);

            assertThat(messages.get(0).isReady()).isTrue();
            assertThat(senders.get(0).pid()).isEqualTo(SELF);
            assertThat(senders.get(0).uid())
                    .isEqualTo(Inherited.ofThisProcess().credentials().uid());
        }
    }

    @Test
    void abstractAddressWorksToo() {
        try (NotifySocket socket = open("@activator-test-" + SELF + "-" + System.nanoTime())) {
            client(socket).send(NotifyMessage.of("STOPPING", "1"));
            loop.runUntil(() -> messages.size() == 1);
        }
    }

    @Test
    void realProgramIsHeard() throws Exception {
        try (NotifySocket socket = open(path());
                Rig rig = new Rig()) {
            Path helper = Path.of("/usr/bin/systemd-notify");
            org.junit.jupiter.api.Assumptions.assumeTrue(Files.isExecutable(helper), "needs systemd-notify");
            ChildProcess child = rig.launch(LaunchPlan.of("x", helper.toString())
                    .arguments("--ready", "--status=works", "--pid=4711")
                    .environment("NOTIFY_SOCKET", socket.address()));
            // It ends with a barrier and so only once that was answered.
            List<ExitStatus> exits = new ArrayList<>();
            child.onExit(exits::add);
            long deadline = System.nanoTime() + 10_000_000_000L;
            while (exits.isEmpty() && System.nanoTime() < deadline) {
                loop.runReady();
                rig.loop.runReady();
            }

            assertThat(exits).containsExactly(new ExitStatus.Exited(0));
            assertThat(messages.get(0).isReady()).isTrue();
            assertThat(messages.get(0).status()).contains("works");
            assertThat(messages.get(0).mainPid()).hasValue(4711);
        }
    }

    @Test
    void descriptorsToStoreAreHandedOnAndAllOthersClosed() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "x");
        try (NotifySocket socket = open(path());
                Rig rig = new Rig()) {
            BorrowedFd fd = rig.open(file);
            Datagrams.send(socket.address(), "FDSTORE=1\nFDNAME=state", List.of(fd.number(), fd.number()));
            Datagrams.send(socket.address(), "STATUS=with a descriptor for no reason", List.of(fd.number()));
            Datagrams.send(socket.address(), "BARRIER=1", List.of(fd.number()));
            loop.runUntil(() -> messages.size() == 3);

            assertThat(stored).hasSize(2);
            assertThat(stored)
                    .allSatisfy(one -> assertThat(Files.readSymbolicLink(Path.of("/proc/self/fd/" + one.number())))
                            .isEqualTo(file));
        }
    }

    @Test
    void garbageIsDroppedAndTheNextMessageIsHeard() {
        Random random = new Random(7);
        try (NotifySocket socket = open(path())) {
            for (int i = 0; i < 200; i++) {
                byte[] bytes = new byte[random.nextInt(6000)];
                random.nextBytes(bytes);
                Datagrams.send(socket.address(), bytes, List.of());
                loop.runReady();
            }
            Datagrams.send(socket.address(), "READY=1\0", List.of());
            Datagrams.send(socket.address(), new byte[0], List.of());
            Datagrams.send(socket.address(), "STATUS=" + "x".repeat(NotifyMessage.LONGEST), List.of());
            loop.runReady();
            assertThat(socket.dropped()).isGreaterThan(100);
            messages.clear();

            client(socket).send(NotifyMessage.of("READY", "1"));
            loop.runUntil(() -> messages.size() == 1);
        }
    }

    @Test
    void descriptorsOfATruncatedMessageAreClosed() throws Exception {
        try (NotifySocket socket = open(path());
                Rig rig = new Rig()) {
            int fd = rig.open(directory.resolve("file")).number();
            Datagrams.send(socket.address(), "FDSTORE=1\nX=" + "x".repeat(NotifyMessage.LONGEST), List.of(fd, fd, fd));
            loop.runUntil(() -> socket.dropped() == 1);

            assertThat(messages).isEmpty();
        }
    }

    @Test
    void nobodyWaitsForTheCloseOfASocketThatSomebodySends() throws Exception {
        try (NotifySocket socket = open(path());
                LingeringSocket lingering = new LingeringSocket()) {
            long before = System.nanoTime();
            Datagrams.send(
                    socket.address(), "STATUS=hold this", List.of(lingering.fd().number()));
            lingering.fd().close();
            loop.runUntil(() -> messages.size() == 1);

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void othersGetTheirTurnBetweenMessagesThatTakeLong() {
        List<String> order = new ArrayList<>();
        AtomicLong clock = new AtomicLong();
        Loop slow = (Loop) Proxy.newProxyInstance(
                Loop.class.getClassLoader(),
                new Class<?>[] {Loop.class},
                (proxy, method, arguments) ->
                        method.getName().equals("nanoTime") ? (Object) clock.get() : method.invoke(loop, arguments));
        NotifyListener listener = (sender, message, fds) -> {
            clock.addAndGet(100_000_000);
            order.add("message");
            loop.execute(() -> order.add("other"));
        };
        try (NotifySocket socket = NotifySocket.open(slow, path(), listener)) {
            client(socket).send(NotifyMessage.of("STATUS", "a"));
            client(socket).send(NotifyMessage.of("STATUS", "b"));
            loop.runReady();
        }

        assertThat(order).containsExactly("message", "other", "message", "other");
    }

    @Test
    void failingListenerLeaksNoDescriptor() throws Exception {
        List<Throwable> failures = new ArrayList<>();
        loop.onCallbackFailure((purpose, failure) -> failures.add(failure));
        NotifyListener broken = (sender, message, fds) -> {
            throw new IllegalStateException("broken");
        };
        try (NotifySocket socket = NotifySocket.open(loop, path(), broken);
                Rig rig = new Rig()) {
            Datagrams.send(
                    socket.address(),
                    "FDSTORE=1",
                    List.of(rig.open(directory.resolve("file")).number()));
            loop.runUntil(() -> failures.size() == 1);
        }
    }

    @Test
    void everybodyMaySendAndTheNodeGoesWithTheSocket() throws Exception {
        Path stale = Files.writeString(Path.of(path()), "left by a predecessor");
        try (NotifySocket socket = open(path())) {
            assertThat(java.nio.file.attribute.PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(Path.of(socket.address()))))
                    .isEqualTo("rw-rw-rw-");
        }
        assertThat(stale).doesNotExist();
    }

    @Test
    void pathThatIsTooLongIsSaid() {
        String tooLong = directory + "/" + "x".repeat(120);

        assertThatExceptionOfType(SystemCallException.class)
                .isThrownBy(() -> open(tooLong))
                .withMessageContaining("ENAMETOOLONG");
    }

    @Test
    void nobodyListensToWhatIsNoUnixSocket() {
        assertThat(NotifyClient.of(Map.of())).isEmpty();
        assertThat(NotifyClient.of(Map.of("NOTIFY_SOCKET", "vsock:2:1234"))).isEmpty();
        assertThatExceptionOfType(SystemCallException.class)
                .isThrownBy(() -> NotifyClient.of(Map.of("NOTIFY_SOCKET", "/no/such"))
                        .orElseThrow()
                        .send(NotifyMessage.of("READY", "1")))
                .withMessageContaining("ENOENT");
    }

    private NotifySocket open(String address) {
        return NotifySocket.open(loop, address, (sender, message, fds) -> {
            senders.add(sender);
            messages.add(message);
            stored.addAll(fds);
        });
    }

    private static NotifyClient client(NotifySocket socket) {
        return NotifyClient.of(Map.of("NOTIFY_SOCKET", socket.address())).orElseThrow();
    }

    private String path() {
        return directory.resolve("notify").toString();
    }
}
