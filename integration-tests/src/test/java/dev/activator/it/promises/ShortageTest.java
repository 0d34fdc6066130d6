package dev.activator.it.promises;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.Command;
import dev.activator.it.rig.FaultInjection;
import dev.activator.it.rig.LineClient;
import dev.activator.it.rig.NeedsProgram;
import dev.activator.it.rig.ProcFs;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A passing shortage pauses and is tried again; no listener is closed for it and no queued client is lost. */
class ShortageTest {

    @RegisterExtension
    final SuperServer server = SuperServer.over("shortage");

    @Test
    @NeedsProgram("prlimit")
    void withoutADescriptorForTheConnectionTheClientWaitsUntilThereIsOne() throws IOException {
        assertThat(LineClient.ask(server.port("accepting"), "before")).isEqualTo("before");
        String normal = openFilesLimit();
        limitOpenFiles("3:" + normal.substring(normal.indexOf(':') + 1));
        try (LineClient client = LineClient.tcp(server.port("accepting"))) {
            client.send("patient");
            client.finish();
            assertThat(server.log().await("EMFILE")).contains("accepting.socket");
            limitOpenFiles(normal);
            assertThat(client.readAll()).isEqualTo("patient");
        }
        assertThat(server.state("accepting.socket")).isEqualTo("active (listening)");
    }

    @Test
    @NeedsProgram("strace")
    void whenTheKernelRefusesAProcessTheStartIsTriedAgain() throws IOException {
        assertThat(LineClient.ask(server.port("accepting"), "before")).isEqualTo("before");
        try (FaultInjection fault =
                        FaultInjection.into(server.pid(), "clone,clone3,vfork,fork:error=EAGAIN:when=1..3");
                LineClient client = LineClient.tcp(server.port("waiting"))) {
            fault.awaitInjected();
            assertThat(client.readAll()).startsWith("hello 1 ");
        }
        assertThat(server.log().await("EAGAIN")).contains("waiting.service");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EMFILE", "ENFILE", "ENOMEM"})
    @NeedsProgram("strace")
    void anAcceptThatFailsForWantOfSomethingIsTriedAgain(String errno) throws IOException {
        try (FaultInjection fault = FaultInjection.into(server.pid(), "accept4,accept:error=" + errno + ":when=1..2");
                LineClient client = LineClient.tcp(server.port("accepting"))) {
            client.send("patient");
            client.finish();
            fault.awaitInjected();
            assertThat(client.readAll()).isEqualTo("patient");
        }
        assertThat(server.log().await(errno)).contains("accepting.socket");
        assertThat(server.state("accepting.socket")).isEqualTo("active (listening)");
    }

    private String openFilesLimit() {
        String limit = Command.of(
                        "prlimit", "--pid", Long.toString(server.pid()), "--nofile", "--noheadings", "-o", "SOFT,HARD")
                .run()
                .succeeded()
                .out()
                .strip();
        assertThat(ProcFs.fds(server.pid())).isNotEmpty();
        return limit.replaceAll("\\s+", ":");
    }

    private void limitOpenFiles(String limit) {
        Command.of("prlimit", "--pid", Long.toString(server.pid()), "--nofile=" + limit)
                .run()
                .succeeded();
    }
}
