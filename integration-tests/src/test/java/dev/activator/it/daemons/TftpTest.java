package dev.activator.it.daemons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.Command;
import dev.activator.it.rig.NeedsProgram;
import dev.activator.it.rig.NeedsRoot;
import dev.activator.it.rig.SuperServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code in.tftpd} takes the datagram socket with the request in it, and ends when it has been quiet for a while. */
@NeedsRoot
@NeedsProgram({"in.tftpd", "tftp"})
class TftpTest {

    @RegisterExtension
    static final SuperServer SERVER = SuperServer.over("tftp");

    @Test
    void theFirstDatagramIsAnsweredAndSoIsOneAfterTheServerHasEnded() {
        fetch("first");
        SERVER.awaitState("tftp.service", "inactive", "dead");
        fetch("second");
        assertThat(SERVER.status("tftp.socket").at("/socket/activations").asInt())
                .isEqualTo(2);
    }

    private static void fetch(String copy) {
        String port = Integer.toString(SERVER.port("tftp"));
        Command.of("tftp", "127.0.0.1", port, "-m", "binary", "-c", "get", "pxelinux.cfg", copy)
                .in(SERVER.file(""))
                .run()
                .succeeded();
        assertThat(SERVER.file(copy)).hasSameTextualContentAs(SERVER.file("boot/pxelinux.cfg"));
    }
}
