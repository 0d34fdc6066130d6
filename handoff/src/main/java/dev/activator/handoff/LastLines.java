package dev.activator.handoff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Where the last lines of one file begin.
 *
 * @param position byte at which the first of them starts
 * @param missing how many lines the file has too few
 */
record LastLines(long position, int missing) {
    private static final int BLOCK = 16 * 1024;

    static LastLines of(FileChannel file, int lines) throws IOException {
        long end = file.size();
        if (lines == 0 || end == 0) {
            return new LastLines(end, lines);
        }
        int wanted = lines;
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        for (long to = end; to > 0; to -= BLOCK) {
            long from = Math.max(0, to - BLOCK);
            block.clear().limit((int) (to - from));
            readFully(file, block, from);
            for (int i = (int) (to - from) - 1; i >= 0; i--) {
                boolean isLastByte = from + i == end - 1;
                if (block.get(i) == '\n' && !isLastByte && --wanted == 0) {
                    return new LastLines(from + i + 1, 0);
                }
            }
        }
        return new LastLines(0, wanted - 1);
    }

    private static void readFully(FileChannel file, ByteBuffer block, long from) throws IOException {
        while (block.hasRemaining() && file.read(block, from + block.position()) > 0) {
            // The condition reads.
        }
    }
}
