package dev.activator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.handoff.NotifyMessage;
import dev.activator.handoff.NotifySender;
import dev.activator.handoff.testing.FakeChild;
import dev.activator.listener.testing.FdLeakCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whose word on the notify socket counts, and what the others cost. */
@ExtendWith(FdLeakCheck.class)
class NotifyRouterTest {
    private static final String NAME = "web.service";
    private static final Path CGROUP = Path.of("/sys/fs/cgroup/unified/a/activator-main/web.service/1");
    private static final int FORKED = 4711;
    private static final int STRANGER = 4712;

    @TempDir
    private Path directory;

    private Rig rig;
    private NotifyRouter router;
    private final Map<Integer, String> cgroups = new HashMap<>();

    @BeforeEach
    void open() throws IOException {
        rig = new Rig(directory);
        router = new NotifyRouter(rig.units()::services, rig.events(), pid -> cgroups.getOrDefault(pid, ""));
    }

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    private FakeChild launch(String settings) {
        rig.unit("web.socket", "[Socket]\nListenStream=PORT\n")
                .unit(NAME, "[Service]\nType=notify\nExecStart=/bin/true\nKillMode=mixed\n" + settings)
                .load();
        rig.connect();
        return rig.launcher().expectLaunch(NAME);
    }

    private FakeChild launchInCgroup(String settings) {
        rig.trees(tree -> tree.in(CGROUP));
        FakeChild child = launch(settings);
        rig.tree(NAME).forks(FORKED);
        return child;
    }

    private void sayReady(int pid) {
        router.onMessage(new NotifySender(pid, 1000, 1000), NotifyMessage.of("READY", "1"), List.of());
    }

    private ServiceState state() {
        return rig.service(NAME).state();
    }

    @Test
    void aStrangerIsNotLookedForAmongTheProcessesOfServices() {
        launchInCgroup("NotifyAccess=all\n");
        cgroups.put(STRANGER, "/user.slice/user-1000.slice/session-1.scope");
        int walks = rig.tree(NAME).walks();
        sayReady(STRANGER);
        sayReady(1);

        assertThat(rig.tree(NAME).walks()).isEqualTo(walks);
        assertThat(state()).isEqualTo(ServiceState.STARTING);
    }

    @Test
    void aForkedProcessIsHeardWhereverItIsBelowTheServicesCgroup() {
        launchInCgroup("NotifyAccess=all\n");
        cgroups.put(FORKED, "/a/activator-main/web.service/1/workers");
        sayReady(FORKED);

        assertThat(state()).isEqualTo(ServiceState.READY);
    }

    @Test
    void aCgroupOfTheSameNameElsewhereMakesNobodyAService() {
        launchInCgroup("NotifyAccess=all\n");
        cgroups.put(STRANGER, "/user.slice/activator-main/web.service/1");
        sayReady(STRANGER);

        assertThat(state()).isEqualTo(ServiceState.STARTING);
    }

    @Test
    void withoutCgroupsAForkedProcessIsHeardAsWell() {
        launch("NotifyAccess=all\n");
        rig.tree(NAME).forks(FORKED);
        sayReady(FORKED);

        assertThat(state()).isEqualTo(ServiceState.READY);
    }

    @Test
    void thatAProcessMayNotNotifyIsSaidOnceARun() {
        FakeChild child = launchInCgroup("NotifyAccess=main\nRestart=always\nRestartSec=1\n");
        cgroups.put(FORKED, "/a/activator-main/web.service/1");
        for (int i = 0; i < 1000; i++) {
            sayReady(FORKED);
        }
        assertThat(rig.events().count("NotifyAccess=main does not allow it")).isOne();
        assertThat(state()).isEqualTo(ServiceState.STARTING);
        sayReady(child.pid());
        assertThat(state()).isEqualTo(ServiceState.READY);
    }
}
