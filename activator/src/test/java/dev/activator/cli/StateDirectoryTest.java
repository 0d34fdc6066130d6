package dev.activator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.handoff.Accounts;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StateDirectoryTest {
    /** Nobody's number, so that no host knows it. */
    private static final int UNKNOWN = 4_123_456;

    @Test
    void itIsAtHomeWhereThereIsOne() {
        Path runtime = Path.of("/run/user/7/activator");
        assertThat(StateDirectory.choose(null, runtime, Map.of("XDG_RUNTIME_DIR", "/run/user/7", "HOME", "/home/a")))
                .isEqualTo(
                        RuntimeDirectory.ownUid() == 0
                                ? runtime.resolve("state")
                                : Path.of("/home/a/.local/state/activator"));
    }

    @Test
    void whoHasNoHomeSharesItWithNobody() {
        assertThat(StateDirectory.withoutHome(UNKNOWN, new Accounts()))
                .isEqualTo(Path.of("/tmp/activator-4123456/state"));
    }

    @Test
    void withoutHomeTheHostsListOfUsersSaysWhereItIs() {
        assertThat(StateDirectory.withoutHome(RuntimeDirectory.ownUid(), new Accounts()))
                .isEqualTo(Path.of(new Accounts()
                                .user(Integer.toString(RuntimeDirectory.ownUid()))
                                .orElseThrow()
                                .home())
                        .resolve(".local/state/activator"));
    }
}
