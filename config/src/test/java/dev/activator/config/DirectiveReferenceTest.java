package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DirectiveReferenceTest {
    private static final String REGENERATE = "docs.regenerate";

    /** The page in the repository; Maven runs tests in the module's directory. */
    private static final Path PAGE = Path.of("..", "docs", "directives.md");

    @Test
    void theReferenceInTheDocumentationIsTheTable() throws IOException {
        if (Boolean.getBoolean(REGENERATE)) {
            Files.createDirectories(PAGE.toAbsolutePath().normalize().getParent());
            Files.writeString(PAGE, DirectiveReference.render());
        }
        assertThat(PAGE).as("regenerate it with -D" + REGENERATE + "=true").hasContent(DirectiveReference.render());
    }
}
