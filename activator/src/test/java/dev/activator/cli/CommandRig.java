package dev.activator.cli;

import dev.activator.control.testing.ControlRig;
import dev.activator.control.testing.FakeOperations;
import dev.activator.control.testing.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;

/** Runs command lines against an invented super-server, at {@link Samples#NOW} in UTC, and keeps what they print. */
final class CommandRig implements AutoCloseable {
    private final ControlRig server;
    private int columns;
    private boolean hasColors;

    /** What one command line did. */
    record Result(int status, String out, String err) {}

    CommandRig(Path runtime) throws IOException {
        server = ControlRig.open(runtime);
        server.operations()
                .with(
                        Samples.webSocket(),
                        Samples.webService(),
                        Samples.sshSocket(),
                        Samples.crashingService(),
                        Samples.sleepingService());
    }

    FakeOperations operations() {
        return server.operations();
    }

    /** From now on standard output is a terminal that wide. */
    CommandRig onTerminal(int width, boolean colors) {
        columns = width;
        hasColors = colors;
        return this;
    }

    Result run(String... words) {
        return run(environment(), words);
    }

    Result run(Map<String, String> environment, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = execute(print(out), err, environment, words);
        return new Result(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** With standard output into that. */
    Result runInto(OutputStream out, String... words) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = execute(Terminal.printing(out), err, environment(), words);
        return new Result(status, "", err.toString(StandardCharsets.UTF_8));
    }

    private Map<String, String> environment() {
        return Map.of(RuntimeDirectory.VARIABLE, server.runtime().toString());
    }

    private int execute(PrintStream out, ByteArrayOutputStream err, Map<String, String> environment, String... words) {
        Terminal terminal =
                new Terminal(out, print(err), columns, hasColors, InstantSource.fixed(Samples.NOW), ZoneId.of("UTC"));
        return Commands.execute(terminal, environment, words);
    }

    private static PrintStream print(ByteArrayOutputStream into) {
        return new PrintStream(into, true, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }
}
