package dev.activator.listener.kernel;

import com.kenai.jffi.MemoryIO;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A zeroed block of memory outside the heap that a native function reads or fills, in native byte order. Accesses are
 * checked against its bounds. Freed when unreachable, so whoever passes {@link #address()} on keeps this object
 * reachable until the native function is done with it ({@link LibC} does).
 */
public final class NativeMemory {
    /**
     * Reads and writes at an address at once; a direct buffer goes through several calls each time. Whoever reads keeps the block reachable
     * until it has the value, as the buffer would; whoever writes returns the block, which does the same.
     */
    private static final MemoryIO IO = MemoryIO.getInstance();

    private final ByteBuffer buffer;
    private final long address;
    private final int size;

    private NativeMemory(int size) {
        buffer = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        address = IO.getDirectBufferAddress(buffer);
        this.size = size;
    }

    public static NativeMemory allocate(int size) {
        return new NativeMemory(size);
    }

    /** A copy of the text in UTF-8 with a NUL at its end. */
    public static NativeMemory ofString(String text) {
        return ofStringBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of the bytes with a NUL at their end. */
    public static NativeMemory ofStringBytes(byte[] text) {
        NativeMemory memory = new NativeMemory(text.length + 1);
        memory.putBytes(0, text);
        return memory;
    }

    public static NativeMemory ofBytes(byte[] bytes) {
        NativeMemory memory = new NativeMemory(bytes.length);
        memory.putBytes(0, bytes);
        return memory;
    }

    public long address() {
        return address;
    }

    /** The address of so many bytes from there on, all of which are in the block. */
    private long at(int offset, int bytes) {
        if ((offset | size - offset - bytes) < 0) {
            throw new IndexOutOfBoundsException(bytes + " bytes at " + offset + " of " + size);
        }
        return address + offset;
    }

    /** The address of the byte at this offset. */
    public long address(int offset) {
        return address + Objects.checkIndex(offset, size);
    }

    public int size() {
        return size;
    }

    /** The block as a buffer in native byte order; use absolute access, its position belongs to nobody. */
    public ByteBuffer buffer() {
        return buffer;
    }

    public int getInt(int offset) {
        try {
            return IO.getInt(at(offset, 4));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    public NativeMemory putInt(int offset, int value) {
        IO.putInt(at(offset, 4), value);
        return this;
    }

    public long getLong(int offset) {
        try {
            return IO.getLong(at(offset, 8));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    public NativeMemory putLong(int offset, long value) {
        IO.putLong(at(offset, 8), value);
        return this;
    }

    public short getShort(int offset) {
        try {
            return IO.getShort(at(offset, 2));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    public NativeMemory putShort(int offset, short value) {
        IO.putShort(at(offset, 2), value);
        return this;
    }

    public NativeMemory putByte(int offset, byte value) {
        IO.putByte(at(offset, 1), value);
        return this;
    }

    public byte[] getBytes(int offset, int length) {
        byte[] bytes = new byte[length];
        try {
            IO.getByteArray(at(offset, length), bytes, 0, length);
            return bytes;
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    public NativeMemory putBytes(int offset, byte[] bytes) {
        IO.putByteArray(at(offset, bytes.length), bytes, 0, bytes.length);
        return this;
    }
}
