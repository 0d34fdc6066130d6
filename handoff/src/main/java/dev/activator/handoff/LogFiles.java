package dev.activator.handoff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Reads the files that {@link OutputLog} writes, from any process; the command {@code logs}. Blocks: not for the loop. */
public final class LogFiles {
    private static final int BLOCK = 64 * 1024;

    private LogFiles() {}

    /** The file of a unit that is being written. */
    public static Path current(Path directory, String unit) {
        return directory.resolve(unit.replace('/', '_') + ".log");
    }

    /** The last lines of a unit, oldest first, across its files; bytes that are not UTF-8 show as the replacement character. */
    public static List<String> tail(Path directory, String unit, int lines) throws IOException {
        Deque<String> found = new ArrayDeque<>();
        try (LogChain chain = LogChain.open(current(directory, unit))) {
            for (FileChannel file : chain.youngestFirst()) {
                for (String line : lastLines(file, lines - found.size())) {
                    found.addFirst(line);
                }
            }
        }
        return List.copyOf(found);
    }

    /** Follows a unit from here on: each call of {@link LogFollower#poll} gives what came since the one before. */
    public static LogFollower follow(Path directory, String unit) {
        return new LogFollower(current(directory, unit));
    }

    /** Youngest first. */
    private static List<String> lastLines(FileChannel file, int wanted) throws IOException {
        List<String> lines = new ArrayList<>();
        long position = file.size();
        byte[] rest = new byte[0];
        while (position > 0 && lines.size() < wanted) {
            int length = (int) Math.min(BLOCK, position);
            position -= length;
            byte[] block = join(read(file, position, length), rest);
            int end = block.length;
            for (int i = end - 1; i >= 0 && lines.size() < wanted; i--) {
                if (block[i] == '\n') {
                    addLine(lines, block, i + 1, end);
                    end = i;
                }
            }
            rest = Arrays.copyOf(block, end);
        }
        if (position == 0 && lines.size() < wanted) {
            addLine(lines, rest, 0, rest.length);
        }
        return lines;
    }

    private static void addLine(List<String> lines, byte[] block, int from, int to) {
        if (to > from) {
            lines.add(new String(block, from, to - from, StandardCharsets.UTF_8));
        }
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
            // until it is full or the file was cut meanwhile
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
