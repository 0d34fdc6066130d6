package dev.activator.listener;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** {@code struct linger}. socket(7). */
final class LingerLayout {
    private LingerLayout() {}

    static byte[] of(boolean lingers, int seconds) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.nativeOrder())
                .putInt(lingers ? 1 : 0)
                .putInt(seconds)
                .array();
    }
}
