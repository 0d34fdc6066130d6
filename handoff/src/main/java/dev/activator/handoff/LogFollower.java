package dev.activator.handoff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what is appended to a unit's log, across rotations. For one thread; blocks for no longer than a read of the disk takes. */
public final class LogFollower implements AutoCloseable {
    private static final int BLOCK = 64 * 1024;
    private static final int MOST_FILES = 1000;

    private final Path current;
    private final List<String> lines = new ArrayList<>();
    private final LineSplitter splitter = new LineSplitter(line -> lines.add(new String(line, StandardCharsets.UTF_8)));
    /** The file that is being read; stays open when it is renamed. */
    private @Nullable FileChannel channel;
    /** Its identity, device and inode. */
    private @Nullable Object key;

    LogFollower(Path current) {
        this.current = current;
        try {
            open(current);
            if (channel != null) {
                channel.position(channel.size());
            }
        } catch (IOException absent) {
            key = null;
        }
    }

    /** The lines that came since the last call, oldest first; empty where none did. */
    public List<String> poll() throws IOException {
        if (channel != null) {
            drain(channel);
        }
        Object youngest = keyOf(current);
        if (youngest != null && !youngest.equals(key)) {
            moveOn();
        }
        List<String> found = List.copyOf(lines);
        lines.clear();
        return found;
    }

    /** Reads what was begun after our file, which may be several files, and ends up in the youngest. */
    private void moveOn() throws IOException {
        List<Object> keys = keysAfterOurs();
        List<FileChannel> channels = new ArrayList<>();
        try {
            for (int number = keys.size() - 1; number >= 0; number--) {
                channels.add(FileChannel.open(path(number)));
            }
            // Where the files moved while they were being opened, the next poll tries again.
            if (channels.isEmpty() || !keys.equals(keysAfterOurs())) {
                return;
            }
            if (channel != null) {
                // What was written between the last look and the rotation.
                drain(channel);
            }
            for (FileChannel next : channels) {
                drain(next);
            }
            close();
            channel = channels.remove(channels.size() - 1);
            key = keys.get(0);
        } catch (NoSuchFileException movedMeanwhile) {
            // The next poll tries again.
        } finally {
            for (FileChannel unused : channels) {
                unused.close();
            }
        }
    }

    /** Identities of the files that are younger than ours, youngest first; none while a rotation is under way. */
    private List<Object> keysAfterOurs() {
        List<Object> keys = new ArrayList<>();
        for (int number = 0; number < MOST_FILES; number++) {
            Object other = keyOf(path(number));
            if (other == null && keyOf(path(number + 1)) != null) {
                return List.of();
            }
            if (other == null || other.equals(key)) {
                break;
            }
            keys.add(other);
            if (key == null) {
                break;
            }
        }
        return keys;
    }

    private Path path(int number) {
        return number == 0 ? current : RotatingFile.predecessor(current, number);
    }

    private void open(Path file) throws IOException {
        if (Files.exists(file)) {
            key = keyOf(file);
            channel = FileChannel.open(file);
        }
    }

    private void drain(FileChannel from) throws IOException {
        if (from.size() < from.position()) {
            from.position(0);
        }
        ByteBuffer buffer = ByteBuffer.allocate(BLOCK);
        while (from.read(buffer) > 0) {
            splitter.take(Arrays.copyOf(buffer.array(), buffer.position()));
            buffer.clear();
        }
    }

    private static @Nullable Object keyOf(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException absent) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException ignored) {
            // It was only read.
        } finally {
            channel = null;
        }
    }
}
