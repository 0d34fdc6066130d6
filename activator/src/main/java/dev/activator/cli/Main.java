package dev.activator.cli;

import java.util.Map;
import java.util.Optional;

/** Entry point of the command {@code activator}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        Map<String, String> environment = System.getenv();
        Optional<RunWords> plainRun = RunWords.read(args, environment);
        // The super-server lives long and small: the parser of command lines would cost it 6 MB for ever.
        System.exit(
                plainRun.isPresent()
                        ? plainRun.get().run()
                        : Commands.execute(Terminal.ofProcess(environment), environment, args));
    }
}
