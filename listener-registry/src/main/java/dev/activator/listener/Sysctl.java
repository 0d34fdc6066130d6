package dev.activator.listener;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntSupplier;

/** Kernel settings below {@code /proc/sys}. proc_sys(5). */
public enum Sysctl {
    /** The cap on every accept queue. */
    SOMAXCONN("net/core/somaxconn", 4096),
    /** The lowest port that needs no privilege. */
    FIRST_UNPRIVILEGED_PORT("net/ipv4/ip_unprivileged_port_start", 1024);

    private static final int LONGEST = 64;
    private static final long REMEMBERED_NANOS = 1_000_000_000L;

    private final String path;
    private final int kernelDefault;

    Sysctl(String path, int kernelDefault) {
        this.path = path;
        this.kernelDefault = kernelDefault;
    }

    /** The value now or at most a second ago; for those who ask ten thousand times in a row. For one thread. */
    IntSupplier remembered() {
        return new IntSupplier() {
            private int value;
            private long readAt = System.nanoTime() - REMEMBERED_NANOS;

            @Override
            public int getAsInt() {
                long now = System.nanoTime();
                if (now - readAt >= REMEMBERED_NANOS) {
                    value = read();
                    readAt = now;
                }
                return value;
            }
        };
    }

    /** The value now; the kernel's default where it cannot be read. */
    public int read() {
        // These files give their text to the first read(2) only, and Files.readString begins with a read of one byte.
        try (InputStream file = Files.newInputStream(Path.of("/proc/sys", path))) {
            String text = new String(file.readNBytes(LONGEST), StandardCharsets.US_ASCII);
            return Integer.parseInt(text.trim());
        } catch (IOException | NumberFormatException unreadable) {
            return kernelDefault;
        }
    }
}
