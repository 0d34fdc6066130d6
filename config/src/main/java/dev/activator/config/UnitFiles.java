package dev.activator.config;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads unit files from disk; whatever goes wrong becomes a flaw of that file. */
final class UnitFiles {
    /** Larger files are no unit files. */
    private static final int MAX_SIZE = 16 << 20;

    private static final int USUAL_SIZE = 1024;

    private UnitFiles() {}

    /** The file's content as systemd's syntax has it; {@code shown} is the path that problems name. */
    static UnitFile read(Path path, Path shown) {
        try {
            FileLook look = FileLook.at(path, 0);
            return look.isRegular()
                    ? readRegular(path, shown)
                    : UnitFile.unreadable(shown, look.isDirectory() ? "is a directory" : "is no regular file");
        } catch (IOException e) {
            return UnitFile.unreadable(shown, "cannot be read: " + FileTrouble.reason(e));
        }
    }

    /** The same of what is known to be a regular file. */
    static UnitFile readRegular(Path path, Path shown) {
        try (FileInputStream in = new FileInputStream(path.toString())) {
            byte[] content = content(in);
            return content.length > MAX_SIZE
                    ? UnitFile.unreadable(shown, "is larger than 16 MB, which no unit file is")
                    : UnitFileReader.read(shown, content);
        } catch (IOException e) {
            return UnitFile.unreadable(shown, "cannot be read: " + reason(path, e));
        }
    }

    /** Nearly every file comes with one call: of a regular one, less than was asked for is all. */
    private static byte[] content(FileInputStream in) throws IOException {
        byte[] buffer = new byte[USUAL_SIZE];
        int used = 0;
        int more = in.read(buffer, 0, buffer.length);
        while (more > 0) {
            used += more;
            if (used < buffer.length || used > MAX_SIZE) {
                break;
            }
            buffer = Arrays.copyOf(buffer, 4 * buffer.length);
            more = in.read(buffer, used, buffer.length - used);
        }
        return Arrays.copyOf(buffer, used);
    }

    /** A plain stream does not say why as the other ways do. */
    private static String reason(Path path, IOException e) {
        try {
            Files.newByteChannel(path).close();
            return FileTrouble.reason(e);
        } catch (IOException better) {
            return FileTrouble.reason(better);
        }
    }
}
