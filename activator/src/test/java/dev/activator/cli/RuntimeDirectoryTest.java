package dev.activator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RuntimeDirectoryTest {
    @Test
    void optionComesBeforeTheVariable() {
        Map<String, String> environment = Map.of("ACTIVATOR_RUNTIME", "/b");
        assertThat(RuntimeDirectory.choose(Path.of("/a"), environment)).isEqualTo(Path.of("/a"));
        assertThat(RuntimeDirectory.choose(null, environment)).isEqualTo(Path.of("/b"));
    }

    @Test
    void usualOneDependsOnTheUser() {
        assertThat(RuntimeDirectory.usual(Map.of("XDG_RUNTIME_DIR", "/run/user/0"), 0))
                .isEqualTo(Path.of("/run/activator"));
        assertThat(RuntimeDirectory.usual(Map.of("XDG_RUNTIME_DIR", "/run/user/7"), 7))
                .isEqualTo(Path.of("/run/user/7/activator"));
        assertThat(RuntimeDirectory.usual(Map.of(), 7)).isEqualTo(Path.of("/tmp/activator-7"));
    }
}
