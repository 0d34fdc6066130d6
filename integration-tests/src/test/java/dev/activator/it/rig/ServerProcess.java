package dev.activator.it.rig;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One running super-server: {@code activator run} with {@code --ready-fd} on a FIFO, so that its start is waited for as
 * an event. Owned by {@link SuperServer}.
 */
final class ServerProcess {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    /** The shell opens the FIFO, then becomes the launcher: the process that we start is the super-server itself. */
    private static final String WITH_READY_FD = "exec 9>\"$0\"; exec \"$@\"";

    private final Process process;
    private final Transcript out;
    private final Transcript log;

    private ServerProcess(Process process) {
        this.process = process;
        this.out = Transcript.of(process.getInputStream());
        this.log = Transcript.of(process.getErrorStream());
    }

    /** Starts {@code command} (wrappers first, then the launcher and its arguments) and returns when it is ready. */
    static ServerProcess start(List<String> command, Path fifo, Map<String, String> environment) throws IOException {
        Files.deleteIfExists(fifo);
        Command.of("mkfifo", "-m", "666", fifo.toString()).run().succeeded();
        List<String> argv = new ArrayList<>(List.of("/bin/sh", "-c", WITH_READY_FD, fifo.toString()));
        argv.addAll(command);
        argv.addAll(List.of("--ready-fd", "9"));
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.environment().keySet().removeIf(name -> name.startsWith("LISTEN_") || name.startsWith("ACTIVATOR"));
        builder.environment().putAll(environment);
        ServerProcess server = new ServerProcess(builder.start());
        server.process.getOutputStream().close();
        server.awaitReady(fifo);
        return server;
    }

    private void awaitReady(Path fifo) {
        CompletableFuture<Integer> first = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try (InputStream ready = Files.newInputStream(fifo)) {
                first.complete(ready.read());
            } catch (IOException e) {
                first.completeExceptionally(e);
            }
        });
        reader.setDaemon(true);
        reader.start();
        try {
            if (first.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS) >= 0) {
                return;
            }
            process.waitFor(1, TimeUnit.SECONDS);
            throw new AssertionError("ended before it was ready\n" + said());
        } catch (TimeoutException | ExecutionException | InterruptedException e) {
            process.destroyForcibly();
            throw new AssertionError("not ready within " + START_LIMIT + "\n" + said(), e);
        }
    }

    /** SIGTERM; returns the exit code when the process has ended, and fails if it does not. */
    int stop() {
        process.destroy();
        return awaitEnd();
    }

    /** Returns the exit code as soon as the process has ended. */
    int awaitEnd() {
        try {
            if (process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new AssertionError("did not end within " + STOP_LIMIT + " of SIGTERM\n" + said());
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Transcript out() {
        return out;
    }

    Transcript log() {
        return log;
    }

    /** Both streams, for a failure's message. */
    String said() {
        return "--- super-server, stdout ---\n" + out.text() + "\n--- super-server, stderr ---\n" + log.text();
    }
}
