package dev.activator.config;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Reads unit files from disk; whatever goes wrong becomes a flaw of that file. */
final class UnitFiles {
    /** Larger files are no unit files. */
    private static final long MAX_SIZE = 16L << 20;

    private UnitFiles() {}

    /** The file's content as systemd's syntax has it; {@code shown} is the path that problems name. */
    static UnitFile read(Path path, Path shown) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                return UnitFile.unreadable(shown, attributes.isDirectory() ? "is a directory" : "is no regular file");
            }
            if (attributes.size() > MAX_SIZE) {
                return UnitFile.unreadable(shown, "is larger than 16 MB, which no unit file is");
            }
            return UnitFileReader.read(shown, Files.readAllBytes(path));
        } catch (IOException e) {
            return UnitFile.unreadable(shown, "cannot be read: " + reason(e));
        }
    }

    /** Why a file operation failed, in words without the path. */
    static String reason(IOException e) {
        if (e instanceof java.nio.file.NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof java.nio.file.AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof java.nio.file.NotDirectoryException) {
            return "is no directory";
        }
        String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
