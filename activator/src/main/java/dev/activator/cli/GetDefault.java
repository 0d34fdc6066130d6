package dev.activator.cli;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code get-default}: what the super-server starts. */
@Command(
        name = "get-default",
        description =
                "Print the target that the super-server starts; sockets.target, unless set-default chose another one, is every enabled socket.",
        footer = {"", "Example:", "  activator get-default"})
final class GetDefault implements Callable<Integer> {
    @ParentCommand
    private @Nullable Activator activator;

    @Override
    public Integer call() {
        Activator root = Objects.requireNonNull(activator);
        String target = root.client().server().defaultTarget();
        if (root.wantsJson()) {
            root.printJson(Map.of("default", target));
        } else {
            root.out().println(target);
        }
        return ExitStatus.OK;
    }
}
