package dev.activator.it.daemons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.Command;
import dev.activator.it.rig.NeedsProgram;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code rsync --daemon} on the connection as its standard input and output, inetd's way. */
@NeedsProgram("rsync")
class RsyncTest {

    @RegisterExtension
    static final SuperServer SERVER = SuperServer.over("rsync");

    @Test
    void aFileIsCopiedOnTheFirstConnectionAndOnTheNext() throws IOException {
        String source = "rsync://127.0.0.1:" + SERVER.port("rsync") + "/files/";
        for (String copy : new String[] {"first", "second"}) {
            Command.of("rsync", "-r", source, SERVER.file(copy).toString())
                    .run()
                    .succeeded();
            assertThat(SERVER.file(copy).resolve("poem.txt")).hasSameTextualContentAs(SERVER.file("module/poem.txt"));
        }
        assertThat(Files.readString(SERVER.file("rsync.log"))).contains("(127.0.0.1)");
    }

    @Test
    void theDaemonListsItsModules() {
        String list = Command.of("rsync", "rsync://127.0.0.1:" + SERVER.port("rsync") + "/")
                .run()
                .succeeded()
                .out();
        assertThat(list).startsWith("files");
    }
}
