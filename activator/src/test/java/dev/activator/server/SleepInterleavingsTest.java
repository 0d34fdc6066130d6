package dev.activator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.config.Signal;
import dev.activator.handoff.testing.FakeChild;
import dev.activator.handoff.testing.FakeTree;
import dev.activator.listener.Accepted;
import dev.activator.listener.LinuxKernel;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.testing.FdLeakCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every order in which a few things can happen around a service that falls asleep: clients who come, a service that takes and answers them, and
 * the steps of the machine. The listener and the clients are real, the clock and the processes are not. Whatever the order, every client is
 * answered, and no service is ended while it has one.
 */
@ExtendWith(FdLeakCheck.class)
class SleepInterleavingsTest {
    /** A step more takes five times as long. */
    private static final int LENGTH = Integer.getInteger("interleaving.steps", 5);

    private static final String SERVICE = "web.service";

    /** One thing that can happen next. */
    private enum Step {
        CONNECT,
        TAKE,
        ANSWER,
        /** Long enough for an idle service to be put to sleep, but no longer than until its state changes. */
        LOOK,
        /** Long enough for the next look at one that is being frozen. */
        STILL,
        END
    }

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "stop, false, 0",
        "stop, true, 1",
        "freeze, false, 1",
        "freeze-then-stop, true, 1",
    })
    void everyClientIsAnsweredInEveryOrder(String action, boolean catchesSignals, int looksUntilFrozen)
            throws IOException {
        int orders = 0;
        try (Model model = new Model(directory, action, catchesSignals, looksUntilFrozen)) {
            for (List<Step> order : orders()) {
                model.run(order);
                orders++;
            }
            assertThat(model.sleeps())
                    .as("times that it slept in %d orders", orders)
                    .isGreaterThan(orders / 20);
        }
        assertThat(orders).isGreaterThan(300);
    }

    /** Those in which something can happen at each step. */
    private static List<List<Step>> orders() {
        List<List<Step>> found = new ArrayList<>();
        collect(new ArrayDeque<>(), 0, 0, 0, found);
        return found;
    }

    private static void collect(Deque<Step> begun, int queued, int taken, int looks, List<List<Step>> found) {
        if (begun.size() == LENGTH) {
            found.add(List.copyOf(begun));
            return;
        }
        for (Step step : Step.values()) {
            boolean isPossible = switch (step) {
                case CONNECT, LOOK -> true;
                case TAKE -> queued > 0;
                case ANSWER -> taken > 0;
                case STILL, END -> looks > 0;
            };
            if (isPossible) {
                begun.addLast(step);
                collect(
                        begun,
                        queued + (step == Step.CONNECT ? 1 : step == Step.TAKE ? -1 : 0),
                        taken + (step == Step.TAKE ? 1 : step == Step.ANSWER ? -1 : 0),
                        looks + (step == Step.LOOK ? 1 : 0),
                        found);
                begun.removeLast();
            }
        }
    }

    /** The world around one service that lives through one order after the other. */
    private static final class Model implements AutoCloseable {
        private final Rig rig;
        private final boolean catchesSignals;
        private final Deque<OwnedFd> taken = new ArrayDeque<>();
        private final List<SocketChannel> clients = new ArrayList<>();
        private @Nullable FakeChild child;
        private int sleeps;

        Model(Path directory, String action, boolean catchesSignals, int looksUntilFrozen) throws IOException {
            this.catchesSignals = catchesSignals;
            rig = new Rig(directory);
            rig.trees(tree -> {
                tree.freezesAfter(looksUntilFrozen);
                if (catchesSignals) {
                    tree.catchesSignals();
                }
            });
            rig.unit("web.socket", "[Socket]\nListenStream=PORT\n")
                    .unit(
                            SERVICE,
                            "[Service]\nExecStart=/bin/true\nTimeoutStopSec=1\n[X-Activator]\nIdleTimeoutSec=100ms\nFreezeMaxSec=100ms\nIdleAction="
                                    + action + "\n")
                    .load();
        }

        int sleeps() {
            return sleeps;
        }

        void run(List<Step> order) throws IOException {
            connect();
            letAllHappen();
            for (Step step : order) {
                happen(step, order);
            }
            for (int i = 0; i < 100 && !clients.isEmpty(); i++) {
                retransmit();
                letAllHappen();
                rig.advance(Duration.ofMillis(100));
                clients.removeIf(client -> isAnswered(client, order));
            }
            assertThat(clients)
                    .as("not answered after %s, service %s", order, state())
                    .isEmpty();
        }

        private void happen(Step step, List<Step> order) throws IOException {
            noteLaunch();
            boolean wasReady = state() == ServiceState.READY;
            switch (step) {
                case CONNECT -> connect();
                case TAKE -> take();
                case ANSWER -> answer();
                case LOOK -> passUntilSomethingChanges();
                case STILL -> rig.advance(Duration.ofMillis(2));
                case END -> end(order);
            }
            sleeps += wasReady && state() != ServiceState.READY ? 1 : 0;
            noteLaunch();
        }

        private void passUntilSomethingChanges() {
            ServiceState before = state();
            for (int millis = 0; millis < 130 && state() == before; millis++) {
                rig.advance(Duration.ofMillis(1));
            }
        }

        private void letAllHappen() throws IOException {
            for (int i = 0; i < 4; i++) {
                noteLaunch();
                while (take()) {
                    answer();
                }
                while (!taken.isEmpty() && canRun()) {
                    answer();
                }
                end(List.of());
                rig.advance(Duration.ofMillis(1));
            }
        }

        private void connect() throws IOException {
            SocketChannel client = SocketChannel.open();
            client.configureBlocking(false);
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), rig.port()));
            clients.add(client);
            rig.advance(Duration.ZERO);
        }

        /** Those whose handshake was left unanswered begin it again, as TCP does by itself, but a second later. */
        private void retransmit() throws IOException {
            for (SocketChannel client : List.copyOf(clients)) {
                if (!client.finishConnect()) {
                    client.close();
                    clients.remove(client);
                    connect();
                }
            }
        }

        private void noteLaunch() {
            List<FakeChild> running = rig.launcher().running();
            FakeChild now = running.isEmpty() ? null : running.get(0);
            if (now != null && now != child) {
                child = rig.launcher().expectLaunch(SERVICE);
            }
            assertThat(running).as("processes of one service").hasSizeLessThan(2);
        }

        /** A process runs that has not been ended by a signal that it does not catch. */
        private boolean canRun() {
            FakeChild present = child;
            if (present == null || !present.isRunning() || !tree().canRun()) {
                return false;
            }
            List<Signal> signals = present.signals();
            return !signals.contains(Signal.KILL) && (catchesSignals || !signals.contains(Signal.TERM));
        }

        private FakeTree tree() {
            return rig.tree(SERVICE);
        }

        private boolean take() {
            if (!canRun()) {
                return false;
            }
            Accepted accepted = rig.socket("web.socket").listeners().get(0).accept();
            if (accepted instanceof Accepted.Connection connection) {
                taken.add(connection.fd());
                return true;
            }
            return false;
        }

        private void answer() {
            if (canRun() && !taken.isEmpty()) {
                OwnedFd connection = taken.remove();
                new LinuxKernel().send(connection.lend(), new byte[] {'!'}, 0);
                connection.close();
            }
        }

        /** What was told to end, ends, whomever it serves. */
        private void end(List<Step> order) {
            FakeChild present = child;
            if (present == null
                    || !present.isRunning()
                    || !tree().canRun()
                    || present.signals().isEmpty()) {
                return;
            }
            boolean isKilled = present.signals().contains(Signal.KILL);
            assertThat(taken).as("cut off in %s", order).isEmpty();
            present.die(isKilled ? Signal.KILL : Signal.TERM);
        }

        private boolean isAnswered(SocketChannel client, List<Step> order) {
            try {
                if (!client.isConnected()) {
                    return false;
                }
                ByteBuffer answer = ByteBuffer.allocate(2);
                int length = client.read(answer);
                assertThat(length).as("closed without an answer in %s", order).isNotEqualTo(-1);
                if (length > 0) {
                    client.close();
                }
                return length > 0;
            } catch (IOException refused) {
                throw new AssertionError("refused or reset in " + order, refused);
            }
        }

        private ServiceState state() {
            return rig.service(SERVICE).state();
        }

        @Override
        public void close() throws IOException {
            for (SocketChannel client : clients) {
                client.close();
            }
            taken.forEach(OwnedFd::close);
            rig.close();
        }
    }
}
