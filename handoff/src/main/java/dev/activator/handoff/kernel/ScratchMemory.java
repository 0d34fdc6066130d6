package dev.activator.handoff.kernel;

import dev.activator.listener.kernel.NativeMemory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Native memory for the arguments of one call at a time, kept for the next one so that 10,000 spawns leave no garbage outside the heap. */
final class ScratchMemory {
    private static final int KEPT = 64 * 1024;
    private static final int ALIGNMENT = 16;

    private NativeMemory block = NativeMemory.allocate(KEPT);
    private int used;

    /** Forgets what was placed before and makes room for that many bytes, alignment of each piece included by the caller. */
    void reset(int needed) {
        if (needed > block.size() || block.size() > KEPT) {
            block = NativeMemory.allocate(Math.max(KEPT, needed));
        }
        used = 0;
    }

    /** Zeroed bytes; returns their offset. */
    int place(int size) {
        int offset = used;
        block.putBytes(offset, new byte[size]);
        used = padded(offset + size);
        return offset;
    }

    int place(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int offset = place(bytes.length + 1);
        block.putBytes(offset, bytes);
        return offset;
    }

    /** A NULL-terminated array of strings, as execve(2) takes it. */
    int place(List<String> texts) {
        int array = place(8 * (texts.size() + 1));
        for (int i = 0; i < texts.size(); i++) {
            block.putLong(array + 8 * i, address(place(texts.get(i))));
        }
        return array;
    }

    /** Bytes that {@link #place(List)} takes at most. */
    static int sizeOf(List<String> texts) {
        int size = 8 * (texts.size() + 1) + ALIGNMENT;
        for (String text : texts) {
            size += sizeOf(text);
        }
        return size;
    }

    static int sizeOf(String text) {
        // UTF-8 takes three bytes at most for each UTF-16 unit.
        return 3 * text.length() + 1 + ALIGNMENT;
    }

    long address(int offset) {
        return block.address(offset);
    }

    NativeMemory memory() {
        return block;
    }

    private static int padded(int offset) {
        return (offset + ALIGNMENT - 1) & -ALIGNMENT;
    }
}
