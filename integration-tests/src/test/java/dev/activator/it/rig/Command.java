package dev.activator.it.rig;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A program to be run to its end, bounded in time; immutable. */
public final class Command {

    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(30);

    private final List<String> argv;
    private final Map<String, String> environment;
    private final @Nullable Path directory;
    private final Duration limit;

    private Command(List<String> argv, Map<String, String> environment, @Nullable Path directory, Duration limit) {
        this.argv = List.copyOf(argv);
        this.environment = Map.copyOf(environment);
        this.directory = directory;
        this.limit = limit;
    }

    /** {@code program} is looked up as {@link Programs#path} does unless it has a slash. */
    public static Command of(String program, String... arguments) {
        List<String> argv = new ArrayList<>();
        argv.add(program.contains("/") ? program : Programs.path(program).toString());
        argv.addAll(List.of(arguments));
        return new Command(argv, Map.of(), null, DEFAULT_LIMIT);
    }

    /** With these arguments after the others. */
    public Command and(Collection<String> more) {
        List<String> all = new ArrayList<>(argv);
        all.addAll(more);
        return new Command(all, environment, directory, limit);
    }

    /** With this variable besides those of the test's own environment. */
    public Command environment(String name, String value) {
        Map<String, String> all = new TreeMap<>(environment);
        all.put(name, value);
        return new Command(argv, all, directory, limit);
    }

    /** In this working directory. */
    public Command in(Path newDirectory) {
        return new Command(argv, environment, newDirectory, limit);
    }

    /** Killed, and a failure, after this time. */
    public Command within(Duration newLimit) {
        return new Command(argv, environment, directory, newLimit);
    }

    /** Runs it with an empty standard input. */
    public Outcome run() {
        return run("");
    }

    /** Runs it with {@code input} on its standard input. */
    public Outcome run(String input) {
        try {
            return toEnd(start(), input);
        } catch (IOException e) {
            throw new UncheckedIOException("running " + argv, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + argv, e);
        }
    }

    /** Starts it with pipes on all three streams and leaves it to the caller. */
    public Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.environment().putAll(environment);
        if (directory != null) {
            builder.directory(directory.toFile());
        }
        return builder.start();
    }

    private Outcome toEnd(Process process, String input) throws IOException, InterruptedException {
        CompletableFuture<String> out = reading(process.getInputStream());
        CompletableFuture<String> err = reading(process.getErrorStream());
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            // A program that does not read its input may close it first; its exit code tells the rest.
        }
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(argv + " did not end within " + limit + "\n" + out.join() + err.join());
        }
        return new Outcome(process.exitValue(), out.join(), err.join());
    }

    private static CompletableFuture<String> reading(InputStream stream) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try (stream) {
                text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                text.complete("");
            }
        });
        reader.setDaemon(true);
        reader.start();
        return text;
    }
}
