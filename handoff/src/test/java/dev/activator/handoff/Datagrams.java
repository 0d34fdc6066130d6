package dev.activator.handoff;

import dev.activator.handoff.kernel.UnixDatagrams;
import dev.activator.listener.kernel.LibC;
import dev.activator.listener.kernel.NativeMemory;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a service sends that is not well-behaved: any bytes, and descriptors with them. */
final class Datagrams {
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int AF_UNIX = 1;

    private Datagrams() {}

    static void send(String path, String text, List<Integer> fds) {
        send(path, text.getBytes(StandardCharsets.UTF_8), fds);
    }

    static void send(String path, byte[] bytes, List<Integer> fds) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        NativeMemory address = NativeMemory.allocate(3 + name.length)
                .putShort(0, (short) AF_UNIX)
                .putBytes(2, name);
        NativeMemory payload = NativeMemory.allocate(Math.max(1, bytes.length)).putBytes(0, bytes);
        NativeMemory vector =
                NativeMemory.allocate(16).putLong(0, payload.address()).putLong(8, bytes.length);
        int controlLength = 16 + 4 * fds.size();
        NativeMemory control = NativeMemory.allocate(controlLength + 8)
                .putLong(0, controlLength)
                .putInt(8, SOL_SOCKET)
                .putInt(12, SCM_RIGHTS);
        for (int i = 0; i < fds.size(); i++) {
            control.putInt(16 + 4 * i, fds.get(i));
        }
        NativeMemory header = NativeMemory.allocate(56)
                .putLong(0, address.address())
                .putInt(8, address.size())
                .putLong(16, vector.address())
                .putLong(24, 1)
                .putLong(32, fds.isEmpty() ? 0 : control.address())
                .putLong(40, fds.isEmpty() ? 0 : (controlLength + 7) & -8);
        int socket = UnixDatagrams.open(false);
        try {
            if (LibC.sendmsg(socket, header, 0) < 0) {
                throw new AssertionError("sendmsg: errno " + LibC.errno());
            }
        } finally {
            LibC.close(socket);
            Reference.reachabilityFence(List.of(address, payload, vector, control));
        }
    }
}
