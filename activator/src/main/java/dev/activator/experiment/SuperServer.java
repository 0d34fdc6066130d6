package dev.activator.experiment;

import dev.activator.cli.ControlClient;
import dev.activator.cli.ExitStatus;
import dev.activator.cli.Failure;
import dev.activator.cli.RuntimeDirectory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A super-server over the units of a workspace, run through the launcher as a child process. Closing it ends it and all of its services. */
public final class SuperServer implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final String READY = "ready:";
    private static final int LOG_LINES = 15;

    private final Workspace workspace;
    private final Process process;
    private final ControlClient client;

    private SuperServer(Workspace workspace, Process process) {
        this.workspace = workspace;
        this.process = process;
        this.client = new ControlClient(RuntimeDirectory.socket(workspace.runtime()));
    }

    /**
     * The command line that runs it, as it may be typed.
     *
     * @param more its last words
     */
    public static List<String> command(Workspace workspace, List<String> more) {
        List<String> words = new ArrayList<>(List.of("activator", "run", "--units"));
        words.add(workspace.units().toString());
        words.addAll(List.of("--runtime", workspace.runtime().toString()));
        words.addAll(more);
        return words;
    }

    /** @param more further words of its command line */
    public static SuperServer start(Path launcher, Workspace workspace, List<String> more) throws IOException {
        List<String> words = command(workspace, more);
        words.set(0, launcher.toString());
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(workspace.serverOutput().toFile())
                .redirectError(workspace.serverLog().toFile());
        // Whoever runs this as a service does not want to hear of this super-server's readiness.
        builder.environment()
                .keySet()
                .removeAll(List.of("NOTIFY_SOCKET", "LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES", "WATCHDOG_USEC"));
        return new SuperServer(workspace, builder.start());
    }

    /** Waits until it has said that all listeners are bound. */
    public void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!Files.readString(workspace.serverOutput()).contains(READY)) {
            if (process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failure("The super-server ended with status " + process.exitValue() + " before it was ready.");
            }
            if (System.nanoTime() > deadline) {
                throw failure("The super-server was not ready after " + START_PATIENCE.toSeconds() + " s.");
            }
        }
    }

    /** Its process. */
    public int pid() {
        return Math.toIntExact(process.pid());
    }

    public ControlClient client() {
        return client;
    }

    /** A failure with the last lines of the super-server's log. */
    public Failure failure(String what) {
        return new Failure(ExitStatus.FAILED, what + "\nThe super-server's last words:\n" + lastWords());
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(workspace.serverLog());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException unreadable) {
            return "(its log cannot be read: " + unreadable.getMessage() + ")";
        }
    }

    /** Waits however often the thread is interrupted: what was started must end. */
    @Override
    public void close() {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroy();
        try {
            process.onExit()
                    .orTimeout(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException tooLate) {
            below = process.descendants().toList();
            process.destroyForcibly();
        }
        // None of these is left unless the super-server had to be killed.
        below.forEach(ProcessHandle::destroyForcibly);
    }
}
