package dev.activator.handoff.kernel;

import dev.activator.listener.kernel.NativeMemory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Native memory for the arguments of one call at a time, kept for the next one so that 10,000 spawns leave no garbage outside the heap. */
final class ScratchMemory {
    private static final int ALIGNMENT = 16;

    private final int kept;
    private NativeMemory block;
    private int used;

    /**
     * Memory of that size.
     *
     * @param kept bytes that stay from call to call; a call that needs more gets more, once
     */
    ScratchMemory(int kept) {
        this.kept = padded(kept);
        block = NativeMemory.allocate(this.kept);
    }

    /** Forgets what was placed before and makes room for that many bytes, alignment of each piece included by the caller. */
    void reset(int needed) {
        if (needed > block.size() || block.size() > kept) {
            block = NativeMemory.allocate(Math.max(kept, padded(needed)));
        }
        used = 0;
    }

    /** Bytes with whatever was in them; returns their offset. */
    int reserve(int size) {
        int offset = used;
        used = padded(offset + size);
        return offset;
    }

    /** Zeroed bytes; returns their offset. */
    int place(int size) {
        int offset = reserve(size);
        for (int i = 0; i + 8 <= size; i += 8) {
            block.putLong(offset + i, 0);
        }
        for (int i = size & -8; i < size; i++) {
            block.putByte(offset + i, (byte) 0);
        }
        return offset;
    }

    int place(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int offset = reserve(bytes.length + 1);
        block.putBytes(offset, bytes).putByte(offset + bytes.length, (byte) 0);
        return offset;
    }

    /** An assignment, {@code NAME=value}. */
    int place(String name, String value) {
        byte[] left = name.getBytes(StandardCharsets.UTF_8);
        byte[] right = value.getBytes(StandardCharsets.UTF_8);
        int offset = reserve(left.length + right.length + 2);
        int from = offset + left.length + 1;
        block.putBytes(offset, left).putByte(from - 1, (byte) '=');
        block.putBytes(from, right).putByte(from + right.length, (byte) 0);
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

    static int sizeOf(int elements, int elementSize) {
        return elements * elementSize + ALIGNMENT;
    }

    static int sizeOf(String text) {
        // UTF-8 takes three bytes at most for each UTF-16 unit.
        return 3 * text.length() + 1 + ALIGNMENT;
    }

    static int sizeOf(Map<String, String> assignments) {
        int size = sizeOf(assignments.size() + 1, 8);
        for (Map.Entry<String, String> each : assignments.entrySet()) {
            size += sizeOf(each.getKey()) + sizeOf(each.getValue());
        }
        return size;
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
