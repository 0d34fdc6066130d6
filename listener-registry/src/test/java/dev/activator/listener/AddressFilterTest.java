package dev.activator.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.activator.config.AddressRules;
import dev.activator.listener.testing.FailingKernel;
import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FdLeakCheck.class)
@SuppressWarnings("NullAway.Init")
final class AddressFilterTest {
    private static final int CONNECT_MILLIS = 300;

    @TempDir
    Path directory;

    private final FailingKernel failing = new FailingKernel(new LinuxKernel());
    private final int port = FreePort.tcp();
    private Rig rig;

    @BeforeEach
    void setUp() {
        rig = new Rig(directory, failing.kernel(), AccountIds.NONE);
    }

    @AfterEach
    void tearDown() throws Exception {
        rig.close();
    }

    /** Whether a client with this address gets through the handshake. */
    private boolean connects(String source) throws IOException {
        try (Socket client = new Socket()) {
            client.bind(new InetSocketAddress(source, 0));
            client.connect(new InetSocketAddress("127.0.0.1", port), CONNECT_MILLIS);
            return true;
        } catch (SocketTimeoutException silence) {
            return false;
        }
    }

    @Test
    void theKernelKeepsClientsOutOfAListenerThatTheServiceAccepts() throws IOException {
        Listener listener =
                rig.open("ListenStream=127.0.0.1:" + port, "[X-Activator]", "AllowFrom=127.0.0.2 10.0.0.0/8");
        assertThat(connects("127.0.0.3")).isFalse();
        assertThat(listener.pendingConnections()).isZero();
        assertThat(listener.droppedPackets()).isPositive();
        assertThat(connects("127.0.0.2")).isTrue();
        assertThat(listener.pendingConnections()).isEqualTo(1);
    }

    @Test
    void anIpv4ClientOfADualStackSocketIsKnownByItsIpv4Address() throws IOException {
        rig.open("ListenStream=" + port, "[X-Activator]", "DenyFrom=127.0.0.3 ::/0");
        assertThat(connects("127.0.0.2")).isTrue();
        assertThat(connects("127.0.0.3")).isFalse();
        try (Socket six = new Socket()) {
            InetSocketAddress here = new InetSocketAddress("::1", port);
            assertThatThrownBy(() -> six.connect(here, CONNECT_MILLIS)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void datagramsOfOthersAreDropped() throws IOException {
        Listener listener = rig.open("ListenDatagram=127.0.0.1:" + port, "[X-Activator]", "AllowFrom=127.0.0.2");
        send("127.0.0.3");
        assertThat(rig.kernel.isReadable(listener.fd())).isFalse();
        send("127.0.0.2");
        assertThat(rig.kernel.isReadable(listener.fd())).isTrue();
    }

    private void send(String source) throws IOException {
        try (DatagramChannel client = DatagramChannel.open().bind(new InetSocketAddress(source, 0))) {
            client.send(ByteBuffer.wrap(new byte[] {1}), new InetSocketAddress("127.0.0.1", port));
        }
    }

    @Test
    void aReloadChangesTheRulesOfALiveListener() throws Exception {
        Listener listener = rig.open("ListenStream=127.0.0.1:" + port, "[X-Activator]", "AllowFrom=127.0.0.2");
        var opened = rig.registry.reopen(
                rig.unit("web.socket", "ListenStream=127.0.0.1:" + port, "[X-Activator]", "AllowFrom=127.0.0.3"),
                java.util.List.of(listener));
        assertThat(connects("127.0.0.3")).isTrue();
        assertThat(connects("127.0.0.2")).isFalse();
        opened = rig.registry.reopen(rig.unit("web.socket", "ListenStream=127.0.0.1:" + port), opened);
        assertThat(connects("127.0.0.2")).isTrue();
        assertThat(opened.get(0).warnings()).isEmpty();
    }

    @Test
    void aListenerThatCannotBeFilteredIsNotOpened() {
        failing.fail("attachFilter", Errno.ENOMEM);
        BindFailure failure = rig.openFails("ListenStream=127.0.0.1:" + port, "[X-Activator]", "AllowFrom=127.0.0.2");
        assertThat(failure).hasMessageContaining("cannot keep clients from 127.0.0.1:" + port + " by AllowFrom=");
        failing.fail("attachFilter", Errno.EPERM);
        assertThat(rig.openFails("ListenStream=127.0.0.1:" + port, "[X-Activator]", "AllowFrom=127.0.0.2"))
                .hasMessageContaining("CAP_NET_ADMIN");
    }

    /** The program, run by a reading of the manual, against the rules themselves. */
    @Test
    void theProgramDecidesAsTheRulesDo() throws IOException {
        AddressRules rules = AddressRules.of(rig.unit(
                "web.socket",
                "ListenStream=80",
                "[X-Activator]",
                "AllowFrom=0.0.0.0/1 192.0.2.0/27 192.0.2.77 8000::/1 2001:db8::/33 2001:db8::1 2001:db8:0:1::/64",
                "DenyFrom=10.0.0.0/8 192.0.2.16/28 2001:db8::/48"));
        byte[] program = AddressFilter.of(rules);
        Random random = new Random(4711);
        String[] near = {"10.0.0.0", "192.0.2.0", "2001:db8::", "2001:db8:0:1::", "0.0.0.0", "::"};
        for (int i = 0; i < 5_000; i++) {
            byte[] address =
                    InetAddress.getByName(near[random.nextInt(near.length)]).getAddress();
            for (int flips = random.nextInt(3); flips > 0; flips--) {
                int bit = random.nextInt(8 * address.length);
                address[bit / 8] ^= (byte) (1 << bit % 8);
            }
            InetAddress client = InetAddress.getByAddress(address);
            assertThat(passes(program, client)).as(client.toString()).isEqualTo(rules.admits(client));
        }
    }

    private static boolean passes(byte[] program, InetAddress source) {
        ByteBuffer code = ByteBuffer.wrap(program).order(ByteOrder.nativeOrder());
        ByteBuffer header = ByteBuffer.allocate(40);
        boolean isFour = source.getAddress().length == 4;
        header.put(0, (byte) (isFour ? 0x45 : 0x60)).put(isFour ? 12 : 8, source.getAddress());
        int accumulator = 0;
        int at = 0;
        while (true) {
            int operand = code.getInt(8 * at + 4);
            int equal = Byte.toUnsignedInt(code.get(8 * at + 2));
            int different = Byte.toUnsignedInt(code.get(8 * at + 3));
            switch (code.getShort(8 * at++)) {
                case 0x30 -> accumulator = Byte.toUnsignedInt(header.get(operand + 0x100000));
                case 0x20 -> accumulator = header.getInt(operand + 0x100000);
                case 0x54 -> accumulator &= operand;
                case 0x05 -> at += operand;
                case 0x15 -> at += accumulator == operand ? equal : different;
                case 0x06 -> {
                    return operand != 0;
                }
                default -> throw new AssertionError("unknown instruction at " + at);
            }
        }
    }

    @Test
    void thousandRulesAreTakenAndTooManyAreRefused() throws IOException {
        assertThat(connectsWithRules(1_000)).isTrue();
        assertThat(rig.openFails("ListenStream=127.0.0.1:" + FreePort.tcp(), "[X-Activator]", rules(2_000))
                        .mayHeal())
                .isFalse();
    }

    private boolean connectsWithRules(int count) throws IOException {
        rig.open("ListenStream=127.0.0.1:" + port, "[X-Activator]", rules(count) + " 127.0.0.2");
        return connects("127.0.0.2") && !connects("127.0.0.3");
    }

    private static String rules(int count) {
        StringBuilder rules = new StringBuilder("AllowFrom=");
        for (int i = 0; i < count; i++) {
            rules.append("10.").append(i / 256).append('.').append(i % 256).append(".1 ");
        }
        return rules.toString();
    }
}
