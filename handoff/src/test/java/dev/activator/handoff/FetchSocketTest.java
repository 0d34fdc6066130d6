package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.handoff.FetchSocket.Answer;
import dev.activator.handoff.kernel.UnixDatagrams;
import dev.activator.listener.Kernel;
import dev.activator.listener.LinuxKernel;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.PeerCredentials;
import dev.activator.listener.kernel.LibC;
import dev.activator.listener.kernel.NativeMemory;
import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.ManualLoop;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FdLeakCheck.class)
final class FetchSocketTest {
    private static final int AF_UNIX = 1;
    private static final int SOCK_SEQPACKET = 5;
    private static final int SOCK_CLOEXEC = 02000000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int ANN = 1001;
    private static final int BOB = 1002;

    @TempDir
    Path directory;

    private final ManualLoop loop = new ManualLoop();
    private final List<OwnedFd> programs = new ArrayList<>();
    private FetchSocket socket;
    private int asking;

    @BeforeEach
    void open() {
        LinuxKernel real = new LinuxKernel();
        Kernel kernel = (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(),
                new Class<?>[] {Kernel.class},
                (proxy, method, arguments) -> method.getName().equals("peerCredentials")
                        ? new PeerCredentials(4711, asking, asking, Set.of())
                        : method.invoke(real, arguments));
        socket = FetchSocket.open(loop, kernel, path(), (request, who) -> new Answer("OK \n", List.of()));
    }

    @AfterEach
    void close() {
        programs.forEach(OwnedFd::close);
        socket.close();
        loop.close();
    }

    private String path() {
        return directory.resolve("fetch").toString();
    }

    /** A program of that user, which has asked for nothing yet. */
    private OwnedFd program(int uid) {
        asking = uid;
        OwnedFd program = OwnedFd.adopt(LibC.socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0), "program");
        programs.add(program);
        byte[] name = path().getBytes(StandardCharsets.UTF_8);
        NativeMemory address = NativeMemory.allocate(3 + name.length)
                .putShort(0, (short) AF_UNIX)
                .putBytes(2, name);
        assertThat(LibC.connect(program.number(), address, address.size())).isZero();
        loop.runReady();
        return program;
    }

    private static boolean isTurnedAway(OwnedFd program) {
        return LibC.recv(program.number(), NativeMemory.allocate(64), 64, MSG_DONTWAIT) == 0;
    }

    private long countTurnedAway() {
        return programs.stream().filter(FetchSocketTest::isTurnedAway).count();
    }

    @Test
    void aUserWhoTakesAllPlacesLeavesSomeToTheOthers() {
        for (int i = 0; i < 80; i++) {
            program(ANN);
        }
        loop.runUntil(() -> countTurnedAway() == 64);
        OwnedFd other = program(BOB);
        assertThat(new UnixDatagrams(16).send(other.number(), "web.socket".getBytes(StandardCharsets.UTF_8), List.of()))
                .isPositive();
        loop.runReady();

        NativeMemory into = NativeMemory.allocate(64);
        long length = LibC.recv(other.number(), into, 64, MSG_DONTWAIT);
        assertThat(length).isPositive();
        assertThat(new String(into.getBytes(0, (int) length), StandardCharsets.UTF_8))
                .isEqualTo("OK \n");
    }

    @Test
    void rootIsNotCounted() {
        for (int i = 0; i < 40; i++) {
            program(0);
        }

        assertThat(countTurnedAway()).isZero();
    }
}
