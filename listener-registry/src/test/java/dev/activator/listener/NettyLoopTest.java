package dev.activator.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.activator.listener.kernel.LibC;
import dev.activator.listener.kernel.NativeMemory;
import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.ManualLoop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FdLeakCheck.class)
final class NettyLoopTest {
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_RDWR = 2;

    private final ManualLoop loop = new ManualLoop();
    private final List<OwnedFd> opened = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private @Nullable Watch watch;

    @BeforeEach
    void settle() {
        loop.runReady();
    }

    @AfterEach
    void closeAll() {
        loop.close();
        opened.forEach(OwnedFd::close);
    }

    /** Read end and write end. */
    private Pipe pipe(String purpose) {
        NativeMemory fds = NativeMemory.allocate(8);
        assertThat(LibC.pipe2(fds, O_CLOEXEC)).isZero();
        Pipe pipe = new Pipe(OwnedFd.adopt(fds.getInt(0), purpose), OwnedFd.adopt(fds.getInt(4), purpose + " writer"));
        opened.add(pipe.reader);
        opened.add(pipe.writer);
        return pipe;
    }

    private record Pipe(OwnedFd reader, OwnedFd writer) {
        void write() {
            assertThat(LibC.write(writer.number(), NativeMemory.allocate(1), 1)).isEqualTo(1);
        }

        void close() {
            reader.close();
            writer.close();
        }
    }

    @Test
    void readinessIsToldUntilSomebodyTakesIt() {
        Pipe pipe = pipe("a");
        loop.watch(pipe.reader.lend(), readiness -> told.add("a " + readiness));
        loop.runReady();
        assertThat(told).isEmpty();
        pipe.write();
        loop.runTurn();
        loop.runTurn();
        assertThat(told).hasSize(2).allMatch("a Readiness[readable=true, hangup=false, error=false]"::equals);
    }

    @Test
    void hangupIsToldApartFromInput() {
        Pipe pipe = pipe("a");
        loop.watch(pipe.reader.lend(), readiness -> told.add(readiness.toString()));
        pipe.writer.close();
        loop.runTurn();
        loop.runTurn();
        assertThat(told).containsExactly("Readiness[readable=false, hangup=true, error=false]");
    }

    @Test
    void cancelInsideTheCallbackEndsIt() {
        Pipe pipe = pipe("a");
        pipe.write();
        watch = loop.watch(pipe.reader.lend(), readiness -> {
            told.add("a");
            cancelWatch();
        });
        loop.runReady();
        assertThat(told).containsExactly("a");
    }

    private void cancelWatch() {
        if (watch != null) {
            watch.cancel();
        }
    }

    @Test
    void aWatchCancelledByAnotherCallbackOfTheSameTurnHearsNothing() {
        Pipe first = pipe("first");
        Pipe second = pipe("second");
        List<Watch> watches = new ArrayList<>();
        for (Pipe pipe : List.of(first, second)) {
            watches.add(loop.watch(pipe.reader.lend(), readiness -> {
                told.add(pipe.reader.purpose());
                watches.forEach(Watch::cancel);
            }));
        }
        loop.runReady();
        first.write();
        second.write();
        loop.runReady();
        assertThat(told).hasSize(1);
    }

    @Test
    void aDescriptorWatchedAgainInTheSameTurnIsToldOnceMoreInTheNext() {
        Pipe pipe = pipe("a");
        watch = loop.watch(pipe.reader.lend(), readiness -> {
            told.add("first");
            cancelWatch();
            loop.watch(pipe.reader.lend(), again -> told.add("second"));
        });
        loop.runReady();
        pipe.write();
        loop.runTurn();
        assertThat(told).containsExactly("first");
        loop.runTurn();
        assertThat(told).containsExactly("first", "second");
    }

    @Test
    void anEventOfAClosedDescriptorNeverReachesTheOneThatGotItsNumber() {
        Pipe first = pipe("first");
        Pipe second = pipe("second");
        List<Watch> watches = new ArrayList<>();
        List<Pipe> pipes = List.of(first, second);
        for (int i = 0; i < 2; i++) {
            Pipe mine = pipes.get(i);
            int other = 1 - i;
            watches.add(loop.watch(mine.reader.lend(), readiness -> {
                told.add("old");
                watches.forEach(Watch::cancel);
                int reused = pipes.get(other).reader.number();
                pipes.get(other).close();
                Pipe fresh = pipe("fresh");
                assertThat(List.of(fresh.reader.number(), fresh.writer.number()))
                        .contains(reused);
                loop.watch(fresh.reader.lend(), wrong -> told.add("fresh"));
            }));
        }
        loop.runReady();
        first.write();
        second.write();
        loop.runReady();
        assertThat(told).containsExactly("old");
    }

    @Test
    void twoWatchesOfOneDescriptorAreRefused() {
        Pipe pipe = pipe("a");
        loop.watch(pipe.reader.lend(), readiness -> {});
        assertThatThrownBy(() -> loop.watch(pipe.reader.lend(), readiness -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is watched already");
    }

    @Test
    void aRegularFileCannotBeWatchedAndTheFailureSaysSo(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("plain"));
        int fd = LibC.open(NativeMemory.ofString(file.toString()), O_RDWR | O_CLOEXEC, 0);
        try (OwnedFd owned = OwnedFd.adopt(fd, "plain file")) {
            assertThatThrownBy(() -> loop.watch(owned.lend(), readiness -> {}))
                    .isInstanceOf(SystemCallException.class)
                    .hasMessage("epoll_ctl on plain file: EPERM (Operation not permitted)");
        }
        Pipe pipe = pipe("same number");
        loop.watch(pipe.reader.lend(), readiness -> told.add("a"));
        pipe.write();
        loop.runTurn();
        loop.runTurn();
        assertThat(told).isNotEmpty();
    }

    @Test
    void aThrowingCallbackIsReportedAndRestsForASecondWhileOthersGoOn() {
        loop.onCallbackFailure((purpose, failure) -> told.add(purpose + ": " + failure.getMessage()));
        Pipe bad = pipe("bad");
        Pipe good = pipe("good");
        loop.watch(bad.reader.lend(), readiness -> {
            throw new IllegalStateException("boom");
        });
        loop.watch(good.reader.lend(), readiness -> told.add("good"));
        loop.runReady();
        bad.write();
        good.write();
        loop.runTurn();
        loop.runTurn();
        loop.runTurn();
        assertThat(told)
                .containsOnlyOnce("bad: boom")
                .filteredOn("good"::equals)
                .hasSize(3);
        told.clear();
        loop.advance(Duration.ofSeconds(1));
        assertThat(told).contains("bad: boom");
    }

    @Test
    void aRestingWatchCanBeCancelled() {
        loop.onCallbackFailure((purpose, failure) -> told.add(purpose));
        Pipe pipe = pipe("bad");
        watch = loop.watch(pipe.reader.lend(), readiness -> {
            throw new IllegalStateException("boom");
        });
        pipe.write();
        loop.runReady();
        cancelWatch();
        loop.advance(Duration.ofSeconds(5));
        assertThat(told).containsExactly("bad");
    }

    @Test
    void whatTheFailureListenerThrowsHarmsNobody() {
        loop.onCallbackFailure((purpose, failure) -> {
            throw new IllegalStateException("the listener too");
        });
        loop.execute(() -> {
            throw new LinkageError("an Error as well");
        });
        loop.execute(() -> told.add("next"));
        loop.runReady();
        assertThat(told).containsExactly("next");
    }

    @Test
    void aTimerOfThirtySecondsFiresAtOnce() {
        long before = System.nanoTime();
        loop.after(Duration.ofSeconds(30), "idle timeout", () -> told.add("idle"));
        loop.advance(Duration.ofSeconds(29));
        assertThat(told).isEmpty();
        loop.advance(Duration.ofSeconds(1));
        assertThat(told).containsExactly("idle");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aCancelledTimerStaysSilentEvenWhenItIsDueInTheSameTurn() {
        List<Timer> timers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            timers.add(loop.after(Duration.ofSeconds(1), "timer", () -> {
                told.add("fired");
                timers.forEach(Timer::cancel);
            }));
        }
        loop.advance(Duration.ofSeconds(2));
        assertThat(told).containsExactly("fired");
    }

    @Test
    void aTimerForEverIsTaken() {
        loop.after(Duration.ofSeconds(Long.MAX_VALUE), "never", () -> told.add("never"))
                .cancel();
        loop.advance(Duration.ofMinutes(1));
        assertThat(told).isEmpty();
    }

    @Test
    void aThreadOfItsOwnRunsCommandsAndEnds() throws Exception {
        CompletableFuture<Boolean> inside = new CompletableFuture<>();
        CompletableFuture<String> failure = new CompletableFuture<>();
        try (NettyLoop own = NettyLoop.start("loop")) {
            own.onCallbackFailure((purpose, thrown) -> failure.complete(purpose + " " + thrown.getMessage()));
            own.execute(() -> inside.complete(own.inLoop()));
            own.execute(() -> {
                throw new IllegalStateException("boom");
            });
            assertThat(inside.get(10, TimeUnit.SECONDS)).isTrue();
            assertThat(failure.get(10, TimeUnit.SECONDS)).isEqualTo("command boom");
            assertThat(own.inLoop()).isFalse();
            assertThatThrownBy(() -> own.after(Duration.ZERO, "a timer", () -> {}))
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
