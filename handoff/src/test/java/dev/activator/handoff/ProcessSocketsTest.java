package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.listener.LinuxKernel;
import dev.activator.listener.SocketName;
import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.ZombieCheck;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sockets of other processes as we see them through copies. */
@ExtendWith({FdLeakCheck.class, ZombieCheck.class})
final class ProcessSocketsTest {
    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    private static List<SocketName> seen(ProcessSockets sockets) {
        List<SocketName> names = new ArrayList<>();
        assertThat(sockets.visit(socket -> names.add(new LinuxKernel().localName(socket))))
                .isTrue();
        return names;
    }

    @Test
    void everySocketOfAProcessIsSeenOnceWhateverElseItHasOpen() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
                Socket accepted = listener.accept()) {
            int self = (int) ProcessHandle.current().pid();
            List<SocketName> names = seen(new ProcessSockets(() -> List.of(self, self)));
            assertThat(ports(names)).contains(listener.getLocalPort(), client.getLocalPort());
            assertThat(ports(names).stream().filter(port -> port == accepted.getLocalPort()))
                    .as("the listener and what it accepted have the same port")
                    .hasSize(2);
        }
    }

    private static List<Integer> ports(List<SocketName> names) {
        List<Integer> ports = new ArrayList<>();
        for (SocketName name : names) {
            if (name instanceof SocketName.Inet4 four) {
                ports.add(four.port());
            } else if (name instanceof SocketName.Inet6 six) {
                ports.add(six.port());
            }
        }
        return ports;
    }

    @Test
    void aChildWithoutSocketsHasNone() throws Exception {
        ChildProcess child = rig.run(Rig.sleeper());
        assertThat(seen(new ProcessSockets(() -> List.of(child.pid())))).isEmpty();
    }

    @Test
    void aProcessThatIsGoneCannotBeLookedAt() {
        assertThat(new ProcessSockets(() -> List.of(Integer.MAX_VALUE)).visit(socket -> {}))
                .isFalse();
    }
}
