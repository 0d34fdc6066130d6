package dev.activator.server;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

/** Files by a path whose last part may be a pattern, as it is in nearly all unit files. glob(7) */
final class FileGlob {
    private FileGlob() {}

    /**
     * All that match, in order. A bracket that nothing closes is one like any character.
     *
     * @throws IOException where the directory cannot be read, or is none
     */
    static NavigableSet<Path> matching(Path pattern) throws IOException {
        NavigableSet<Path> found = new TreeSet<>();
        Path parent = pattern.getParent();
        if (parent != null) {
            try (DirectoryStream<Path> entries =
                    Files.newDirectoryStream(parent, String.valueOf(pattern.getFileName()))) {
                entries.forEach(found::add);
                return found;
            } catch (DirectoryIteratorException unread) {
                throw unread.getCause();
            } catch (PatternSyntaxException unfinished) {
                // What is left is the path as it stands.
            }
        }
        if (Files.exists(pattern)) {
            found.add(pattern);
        }
        return found;
    }
}
