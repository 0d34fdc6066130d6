package dev.activator.demo;

import dev.activator.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;

/** Keeps what is printed; a terminal of some width, or none if that is 0. */
final class PlainScreen {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int columns;

    PlainScreen() {
        this(0);
    }

    PlainScreen(int columns) {
        this.columns = columns;
    }

    Terminal terminal() {
        PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        return new Terminal(stream, stream, columns, false, InstantSource.fixed(Instant.EPOCH), ZoneId.of("UTC"));
    }

    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
