package dev.activator.handoff.kernel;

import dev.activator.listener.kernel.NativeFunction;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Memory of this process that a start has touched and nothing needs afterwards. Any thread; reading the mappings takes some
 * milliseconds. madvise(2), malloc_trim(3), proc_pid_smaps(5).
 */
public final class OwnMemory {
    private static final NativeFunction MADVISE = NativeFunction.find("madvise");
    /** What glibc keeps of freed memory goes back with it; other C libraries keep little. */
    private static final Optional<NativeFunction> MALLOC_TRIM = NativeFunction.findIfAny("malloc_trim");

    private static final int MADV_DONTNEED = 4;
    private static final Path MAPPINGS = Path.of("/proc/self/smaps");
    private static final String ANONYMOUS = "Anonymous:";

    private OwnMemory() {}

    /**
     * Lets go of what the C library has and nobody uses, and of the pages of programs, libraries and class archives that are mapped to be read or executed and are as they are in their
     * files. Those that are touched again come back from the page cache, a microsecond each; most never are.
     *
     * @return bytes of the mappings whose pages were let go; 0 where /proc cannot be read
     */
    public static long release() {
        MALLOC_TRIM.ifPresent(trim -> trim.call(0));
        long released = 0;
        try (BufferedReader lines = Files.newBufferedReader(MAPPINGS, StandardCharsets.ISO_8859_1)) {
            @Nullable Mapping mapping = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(ANONYMOUS)) {
                    boolean isAsInFile = line.endsWith(" 0 kB");
                    released += mapping != null && isAsInFile ? mapping.release() : 0;
                } else if (Character.digit(line.charAt(0), 16) >= 0 && line.indexOf('-') > 0) {
                    mapping = Mapping.ofFileToRead(line);
                }
            }
        } catch (IOException unreadable) {
            return released;
        }
        return released;
    }

    /** One stretch of addresses, in bytes. */
    record Mapping(long start, long end) {

        /** From its first line in smaps; null unless it is private, not to be written, and of a file. */
        static @Nullable Mapping ofFileToRead(String line) {
            int dash = line.indexOf('-');
            int space = line.indexOf(' ');
            String permissions = line.substring(space + 1, space + 5);
            boolean isToRead = permissions.equals("r--p") || permissions.equals("r-xp");
            if (!isToRead || line.indexOf('/') < 0) {
                return null;
            }
            return new Mapping(
                    Long.parseUnsignedLong(line.substring(0, dash), 16),
                    Long.parseUnsignedLong(line.substring(dash + 1, space), 16));
        }

        private long release() {
            return MADVISE.call(start, end - start, MADV_DONTNEED) == 0 ? end - start : 0;
        }
    }
}
