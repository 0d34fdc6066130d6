package dev.activator.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Tells whether files are as they were, all of them as one number. */
final class FileStamp {
    private FileStamp() {}

    /**
     * To be taken before they are read; {@link FileLook#UNKNOWN} where one cannot be looked at or has just changed.
     *
     * @param nowMillis since 1970
     */
    static long of(List<Path> files, long nowMillis) {
        long stamp = files.size();
        for (Path file : files) {
            try {
                FileLook look = FileLook.at(file, nowMillis);
                if (look.stamp() == FileLook.UNKNOWN) {
                    return FileLook.UNKNOWN;
                }
                stamp = FileLook.mix(FileLook.mix(stamp, file.hashCode()), look.stamp());
            } catch (IOException hidden) {
                return FileLook.UNKNOWN;
            }
        }
        return stamp;
    }
}
