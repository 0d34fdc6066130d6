package dev.activator.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What one look at a path tells. stat(2)
 *
 * @param mode kind and permissions, as the kernel gives them
 * @param size in bytes
 * @param stamp the same as long as nothing was changed: device, inode and the time of the last change as one number; {@link #UNKNOWN}
 *     where that cannot be told, since it was changed but now and may be changed again without its time telling
 */
record FileLook(int mode, long size, long stamp) {
    /** That of what must be read again. */
    static final long UNKNOWN = 0;

    private static final String ATTRIBUTES = "unix:mode,dev,ino,size,ctime";
    private static final int KIND = 0170000;
    private static final int LINK = 0120000;
    private static final int REGULAR = 0100000;
    private static final int DIRECTORY = 0040000;
    /** Where times have whole seconds only; some file systems have but every other one. */
    private static final long COARSE_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** The kernel's clock for files ticks at least a hundred times a second. */
    private static final long FINE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long PRIME = 0x100000001b3L;

    /**
     * Looks at a path.
     *
     * @param nowMillis since 1970
     * @param options whether a link is followed
     */
    static FileLook at(Path path, long nowMillis, LinkOption... options) throws IOException {
        Map<String, Object> found = Files.readAttributes(path, ATTRIBUTES, options);
        long changed = ((FileTime) attribute(found, "ctime")).to(TimeUnit.NANOSECONDS);
        long settled = changed % TimeUnit.SECONDS.toNanos(1) == 0 ? COARSE_NANOS : FINE_NANOS;
        long age = TimeUnit.MILLISECONDS.toNanos(nowMillis) - changed;
        long stamp = mix(mix(number(found, "dev"), number(found, "ino")), changed);
        return new FileLook((int) number(found, "mode"), number(found, "size"), age < settled ? UNKNOWN : stamp);
    }

    private static Object attribute(Map<String, Object> found, String name) {
        return Objects.requireNonNull(found.get(name), name);
    }

    private static long number(Map<String, Object> found, String name) {
        return ((Number) attribute(found, name)).longValue();
    }

    /** Two numbers as one that is not {@link #UNKNOWN}. */
    static long mix(long stamp, long value) {
        long mixed = ((stamp * PRIME) ^ value) * PRIME;
        mixed ^= mixed >>> 29;
        return mixed == UNKNOWN ? 1 : mixed;
    }

    boolean isLink() {
        return (mode & KIND) == LINK;
    }

    boolean isRegular() {
        return (mode & KIND) == REGULAR;
    }

    boolean isDirectory() {
        return (mode & KIND) == DIRECTORY;
    }
}
