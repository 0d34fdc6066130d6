package dev.activator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileGlobTest {
    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void fill() throws IOException {
        for (String name : new String[] {"b.env", "a.env", "c.conf", "d["}) {
            Files.createFile(directory.resolve(name));
        }
    }

    @Test
    void whatMatchesComesInOrder() throws IOException {
        assertThat(FileGlob.matching(directory.resolve("*.env")))
                .containsExactly(directory.resolve("a.env"), directory.resolve("b.env"));
        assertThat(FileGlob.matching(directory.resolve("[ac].*"))).hasSize(2);
        assertThat(FileGlob.matching(directory.resolve("x*"))).isEmpty();
    }

    @Test
    void bracketThatNothingClosesIsACharacter() throws IOException {
        assertThat(FileGlob.matching(directory.resolve("d["))).containsExactly(directory.resolve("d["));
        assertThat(FileGlob.matching(directory.resolve("a["))).isEmpty();
    }

    @Test
    void directoryThatIsMissingIsSaid() {
        assertThatThrownBy(() -> FileGlob.matching(directory.resolve("gone/*")))
                .isInstanceOf(NoSuchFileException.class);
    }
}
