package dev.activator.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;

/** The host's load average of the last minute; 0 where it cannot be read. proc_loadavg(5). */
final class LoadAverage implements DoubleSupplier {
    private static final Path FILE = Path.of("/proc/loadavg");

    @Override
    public double getAsDouble() {
        try {
            String text = Files.readString(FILE);
            return Double.parseDouble(text.substring(0, text.indexOf(' ')));
        } catch (IOException | NumberFormatException unreadable) {
            return 0;
        }
    }
}
