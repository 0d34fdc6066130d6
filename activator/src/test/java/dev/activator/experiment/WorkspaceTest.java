package dev.activator.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.activator.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void nothingIsLeftAfterItsEnd() throws IOException {
        Path root =
                Files.createDirectories(directory.resolve("root/units/deeper")).resolve("../..");
        Path elsewhere = Files.createFile(directory.resolve("elsewhere"));
        Files.createSymbolicLink(root.resolve("link"), elsewhere);

        new Workspace(root.normalize()).close();

        assertThat(directory).isDirectoryContaining(path -> path.equals(elsewhere));
        assertThat(directory.resolve("root")).doesNotExist();
    }

    @Test
    void closingItTwiceIsHarmless() throws IOException {
        Workspace workspace = new Workspace(directory.resolve("never-made"));

        workspace.close();

        assertThat(workspace.root()).doesNotExist();
    }

    @Test
    void theLauncherIsTheClosestAboveTheCode() throws IOException {
        Path jar = directory.resolve("activator/target/activator-1.jar");
        Path launcher = directory.resolve("activator/bin/activator");
        Files.createDirectories(launcher.getParent());
        Files.createFile(launcher);
        assertThat(launcher.toFile().setExecutable(true)).isTrue();

        assertThat(Launcher.above(jar)).isEqualTo(launcher);
    }

    @Test
    void aMissingLauncherIsAFailureForThePersonAtTheTerminal() {
        assertThatThrownBy(() -> Launcher.above(directory.resolve("lib/activator-1.jar")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("bin/activator");
    }
}
