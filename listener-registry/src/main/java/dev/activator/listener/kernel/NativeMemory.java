package dev.activator.listener.kernel;

import com.kenai.jffi.MemoryIO;
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
    private final ByteBuffer buffer;
    private final long address;

    private NativeMemory(int size) {
        buffer = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        address = MemoryIO.getInstance().getDirectBufferAddress(buffer);
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
        memory.buffer.put(0, text);
        return memory;
    }

    public static NativeMemory ofBytes(byte[] bytes) {
        NativeMemory memory = new NativeMemory(bytes.length);
        memory.buffer.put(0, bytes);
        return memory;
    }

    public long address() {
        return address;
    }

    /** The address of the byte at this offset. */
    public long address(int offset) {
        return address + Objects.checkIndex(offset, buffer.capacity());
    }

    public int size() {
        return buffer.capacity();
    }

    /** The block as a buffer in native byte order; use absolute access, its position belongs to nobody. */
    public ByteBuffer buffer() {
        return buffer;
    }

    public int getInt(int offset) {
        return buffer.getInt(offset);
    }

    public NativeMemory putInt(int offset, int value) {
        buffer.putInt(offset, value);
        return this;
    }

    public long getLong(int offset) {
        return buffer.getLong(offset);
    }

    public NativeMemory putLong(int offset, long value) {
        buffer.putLong(offset, value);
        return this;
    }

    public short getShort(int offset) {
        return buffer.getShort(offset);
    }

    public NativeMemory putShort(int offset, short value) {
        buffer.putShort(offset, value);
        return this;
    }

    public NativeMemory putByte(int offset, byte value) {
        buffer.put(offset, value);
        return this;
    }

    public byte[] getBytes(int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.get(offset, bytes);
        return bytes;
    }

    public NativeMemory putBytes(int offset, byte[] bytes) {
        buffer.put(offset, bytes);
        return this;
    }
}
