package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DirectiveReferenceTest {
    private static final String REGENERATE = "docs.regenerate";

    /** The pages in the repository; Maven runs tests in the module's directory. */
    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void theReferenceInTheDocumentationIsTheTable() throws IOException {
        check("directives.md", DirectiveReference.render());
    }

    @Test
    void theTableOfCompatibilityIsTheTable() throws IOException {
        check("compatibility.md", CompatibilityReference.render());
    }

    private static void check(String page, String rendered) throws IOException {
        Path file = DOCS.resolve(page);
        if (Boolean.getBoolean(REGENERATE)) {
            Files.writeString(file, rendered);
        }
        assertThat(file).as("regenerate it with -D" + REGENERATE + "=true").hasContent(rendered);
    }
}
