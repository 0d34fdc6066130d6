package dev.activator.handoff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * Which launched processes live, for a successor after a SIGKILL of ours: where there are no cgroups nothing else tells. A file of slots of
 * one size: a launch costs one write of some bytes into the page cache, an end another. For the loop's thread.
 */
final class LaunchRecord implements AutoCloseable {
    /** The id of the boot, since after the next one the numbers belong to others. */
    private static final int HEAD = 64;

    private static final int SLOT = 128;
    private static final int LONGEST_NAME = SLOT - Integer.BYTES - Long.BYTES - Integer.BYTES;
    /** More at a time are not remembered. */
    private static final int SLOTS = 4096;

    private final FileChannel file;
    private final BitSet used = new BitSet();
    private final ByteBuffer slot = ByteBuffer.allocate(SLOT);

    /**
     * A process that was launched, and led a session of its own.
     *
     * @param started in clock ticks since boot
     */
    record Launched(int pid, long started, String unit) {}

    private LaunchRecord(FileChannel file) {
        this.file = file;
    }

    /**
     * Opens the record in that file, which is made where there is none.
     *
     * @throws IOException where it can be neither read nor made
     */
    static LaunchRecord open(Path path) throws IOException {
        return new LaunchRecord(FileChannel.open(
                path,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
    }

    /** What the predecessor had launched and not seen end; the record begins anew. To be called before the first launch. */
    List<Launched> takeOver() throws IOException {
        byte[] boot = Arrays.copyOf(Files.readAllBytes(Path.of("/proc/sys/kernel/random/boot_id")), HEAD);
        ByteBuffer all = ByteBuffer.allocate((int) Math.min(file.size(), HEAD + SLOTS * (long) SLOT));
        file.read(all, 0);
        all.flip();
        byte[] earlier = new byte[Math.min(HEAD, all.remaining())];
        all.get(earlier);
        List<Launched> found = new ArrayList<>();
        while (Arrays.equals(boot, earlier) && all.remaining() >= SLOT) {
            Launched launched = read(all.slice(all.position(), SLOT));
            all.position(all.position() + SLOT);
            if (launched.pid() > 0) {
                found.add(launched);
            }
        }
        file.truncate(0);
        file.write(ByteBuffer.wrap(boot), 0);
        return found;
    }

    private static Launched read(ByteBuffer slot) {
        int pid = slot.getInt();
        long started = slot.getLong();
        byte[] name = new byte[Math.max(0, Math.min(slot.getInt(), LONGEST_NAME))];
        slot.get(name);
        return new Launched(pid, started, new String(name, StandardCharsets.UTF_8));
    }

    /**
     * Remembers a process, if the disk is not full.
     *
     * @return its place, for {@link #forget}
     */
    int remember(Launched launched) {
        int place = used.nextClearBit(0);
        if (place >= SLOTS) {
            return -1;
        }
        used.set(place);
        byte[] name = launched.unit().getBytes(StandardCharsets.UTF_8);
        int length = Math.min(name.length, LONGEST_NAME);
        slot.clear().putInt(launched.pid()).putLong(launched.started()).putInt(length);
        slot.put(name, 0, length).position(0);
        write(place);
        return place;
    }

    /** Nothing of its session lives any more. */
    void forget(int place) {
        if (place >= 0) {
            slot.clear().putInt(0).flip();
            write(place);
            used.clear(place);
        }
    }

    private void write(int place) {
        try {
            file.write(slot, HEAD + place * (long) SLOT);
        } catch (IOException full) {
            // A service that runs and is not remembered is better than one that does not run.
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException ignored) {
            // All that counts has been written.
        }
    }
}
