package dev.activator.listener;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers in what the kernel wrote, in the machine's byte order. */
final class NativeOrder {
    private NativeOrder() {}

    static short getShort(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getShort(offset);
    }

    static int getInt(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt(offset);
    }

    static long getLong(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getLong(offset);
    }
}
