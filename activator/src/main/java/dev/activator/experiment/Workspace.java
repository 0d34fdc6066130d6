package dev.activator.experiment;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one directory below which a tour or an experiment writes; readable by its owner alone, and gone after {@link #close}. */
public record Workspace(Path root) implements AutoCloseable {
    private static final int ATTEMPTS = 10;
    private static final FileAttribute<Set<PosixFilePermission>> FOR_ITS_OWNER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** @param what a word for its name */
    public static Workspace create(String what) throws IOException {
        Workspace made = new Workspace(createRoot("activator-" + what + "-"));
        Files.createDirectory(made.units());
        Files.createDirectory(made.sockets());
        return made;
    }

    /** A name that can be typed, unless somebody has taken it. */
    private static Path createRoot(String prefix) throws IOException {
        String name = prefix + ProcessHandle.current().pid();
        try {
            return Files.createDirectory(Path.of(System.getProperty("java.io.tmpdir"), name), FOR_ITS_OWNER);
        } catch (FileAlreadyExistsException taken) {
            return Files.createTempDirectory(prefix);
        }
    }

    /** The directory of the unit files. */
    public Path units() {
        return root.resolve("units");
    }

    /** The directory of the Unix sockets. */
    public Path sockets() {
        return root.resolve("s");
    }

    /** The super-server's runtime directory, in which its state is too. */
    public Path runtime() {
        return root.resolve("run");
    }

    /** What the super-server says on its standard output. */
    public Path serverOutput() {
        return root.resolve("super-server.out");
    }

    /** What the super-server says on standard error. */
    public Path serverLog() {
        return root.resolve("super-server.log");
    }

    /** What the latest command printed. */
    public Path commandOutput() {
        return root.resolve("command.out");
    }

    /** Deletes it all; tries again if somebody who is about to end adds a file meanwhile. */
    @Override
    public void close() throws IOException {
        for (int attempt = 1; Files.exists(root); attempt++) {
            try {
                Files.walkFileTree(root, new Deletion());
            } catch (DirectoryNotEmptyException grown) {
                if (attempt == ATTEMPTS) {
                    throw grown;
                }
            }
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
