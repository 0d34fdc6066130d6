package dev.activator.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Tells whether files are as they were: by device, inode, size and both times, as one number. stat(2). */
final class FileStamp {
    /** That of files that must be read again. */
    static final long UNKNOWN = 0;

    private static final String ATTRIBUTES = "unix:dev,ino,size,lastModifiedTime,ctime";
    /** A file that changed so short a time ago may change again without its times telling. */
    private static final long SETTLED_MILLIS = 2000;

    private static final long PRIME = 0x100000001b3L;
    private static final long START = 0xcbf29ce484222325L;

    private FileStamp() {}

    /**
     * To be taken before they are read; {@link #UNKNOWN} where one cannot be looked at or has just changed.
     *
     * @param nowMillis since 1970
     */
    static long of(List<Path> files, long nowMillis) {
        long newest = nowMillis - SETTLED_MILLIS;
        long stamp = START;
        try {
            for (Path file : files) {
                Map<String, Object> found = Files.readAttributes(file, ATTRIBUTES);
                long changed = number(found, "ctime");
                if (changed > TimeUnit.MILLISECONDS.toNanos(newest)) {
                    return UNKNOWN;
                }
                stamp = mix(mix(stamp, file.hashCode()), changed);
                for (String name : new String[] {"dev", "ino", "size", "lastModifiedTime"}) {
                    stamp = mix(stamp, number(found, name));
                }
            }
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException hidden) {
            return UNKNOWN;
        }
        return stamp == UNKNOWN ? 1 : stamp;
    }

    /** Times in nanoseconds since 1970. */
    private static long number(Map<String, Object> found, String name) {
        Object value = Objects.requireNonNull(found.get(name), name);
        return value instanceof FileTime time ? time.to(TimeUnit.NANOSECONDS) : ((Number) value).longValue();
    }

    private static long mix(long stamp, long value) {
        long mixed = (stamp ^ value) * PRIME;
        return mixed ^ (mixed >>> 29);
    }
}
