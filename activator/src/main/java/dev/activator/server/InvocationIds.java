package dev.activator.server;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Random numbers of 128 bits that tell one run of a service from every other, as 32 hexadecimal digits. systemd.exec(5) $INVOCATION_ID. */
final class InvocationIds {
    private static final int SIZE = 16;
    /** The system is asked for that many at once, since there may be thousands of runs a second. */
    private static final int AT_ONCE = 64;

    private static final HexFormat DIGITS = HexFormat.of();

    private final byte[] drawn = new byte[AT_ONCE * SIZE];
    private int used = drawn.length;

    String next() {
        if (used == drawn.length) {
            draw();
        }
        // Marked as random ones, version 4. sd_id128_randomize(3)
        drawn[used + 6] = (byte) ((drawn[used + 6] & 0x0f) | 0x40);
        drawn[used + 8] = (byte) ((drawn[used + 8] & 0x3f) | 0x80);
        String id = DIGITS.formatHex(drawn, used, used + SIZE);
        used += SIZE;
        return id;
    }

    /** From where SecureRandom has them as well, without what it brings along. random(4) */
    private void draw() {
        try (InputStream source = new FileInputStream("/dev/urandom")) {
            if (source.readNBytes(drawn, 0, drawn.length) < drawn.length) {
                throw new EOFException();
            }
        } catch (IOException none) {
            new SecureRandom().nextBytes(drawn);
        }
        used = 0;
    }
}
