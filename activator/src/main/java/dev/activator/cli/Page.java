package dev.activator.cli;

import dev.activator.control.PageSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code page}: where the page is. */
@Command(
        name = "page",
        description = "Print the address of the page to look at, with the token that opens it.",
        footer = {"", "Example:", "  xdg-open $(activator page)"})
final class Page implements Callable<Integer> {
    @ParentCommand
    private @Nullable Activator activator;

    @Override
    public Integer call() {
        Activator root = Objects.requireNonNull(activator);
        Path file = root.runtime().resolve(PageSocket.FILE);
        try {
            String url = Files.readString(file).strip();
            root.out().println(root.wantsJson() ? Json.text(Map.of("url", url)) : url);
            return ExitStatus.OK;
        } catch (NoSuchFileException none) {
            root.client().server();
            throw new Failure(
                    ExitStatus.FAILED,
                    "This super-server serves no page; start it with 'activator run --http 9464 …'.");
        } catch (IOException forbidden) {
            throw new Failure(
                    ExitStatus.FAILED,
                    "Cannot read '" + file + "': " + forbidden + "; ask as the user that runs the super-server.");
        }
    }
}
