package dev.activator.handoff;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.Consumer;

/** Cuts a stream of bytes into lines, whatever the bytes are; a line without an end is cut at {@link #LONGEST}. Not thread-safe. */
final class LineSplitter {
    /** Longest line in bytes that is kept in one piece. */
    static final int LONGEST = 1 << 20;

    private final Consumer<byte[]> lines;
    private ByteArrayOutputStream partial = new ByteArrayOutputStream();

    /**
     * Starts with an empty line.
     *
     * @param lines gets each line without its line feed (and a carriage return before that)
     */
    LineSplitter(Consumer<byte[]> lines) {
        this.lines = lines;
    }

    void take(byte[] bytes) {
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                partial.write(bytes, start, i - start);
                start = i + 1;
                emit();
            } else if (partial.size() + i - start + 1 >= LONGEST) {
                partial.write(bytes, start, i - start + 1);
                start = i + 1;
                emit();
            }
        }
        partial.write(bytes, start, bytes.length - start);
    }

    boolean hasPartial() {
        return partial.size() > 0;
    }

    /** Ends the line that is still open, if there is one. */
    void flush() {
        if (hasPartial()) {
            emit();
        }
    }

    private void emit() {
        byte[] line = partial.toByteArray();
        int length = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
        // One long line must not hold a megabyte for ever.
        partial = line.length > LONGEST / 16 ? new ByteArrayOutputStream() : emptied();
        lines.accept(length == line.length ? line : Arrays.copyOf(line, length));
    }

    private ByteArrayOutputStream emptied() {
        partial.reset();
        return partial;
    }
}
