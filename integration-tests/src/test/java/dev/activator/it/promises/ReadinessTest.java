package dev.activator.it.promises;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.NotifyListener;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The super-server tells its own supervisor when it is ready, as any service would: sd_notify(3). */
class ReadinessTest {

    @RegisterExtension
    final SuperServer server = SuperServer.over("inetd").startedByTest();

    @Test
    void readyIsSentToTheNotifySocketOfItsOwnSupervisor() throws IOException {
        try (NotifyListener supervisor = NotifyListener.at(server.file("notify.sock"))) {
            server.environment("NOTIFY_SOCKET", server.file("notify.sock").toString());
            server.start();
            assertThat(supervisor.receive()).contains("READY=1");
        }
    }
}
