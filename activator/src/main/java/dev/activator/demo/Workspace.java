package dev.activator.demo;

import java.io.IOException;
import java.io.InputStream;
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
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one directory below which the tour writes; readable by its owner alone, and gone after {@link #close}. */
record Workspace(Path root) implements AutoCloseable {
    private static final int ATTEMPTS = 10;
    private static final FileAttribute<Set<PosixFilePermission>> FOR_ITS_OWNER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    static Workspace create() throws IOException {
        Workspace made = new Workspace(createRoot());
        Files.createDirectory(made.units());
        Files.createDirectory(made.sockets());
        return made;
    }

    /** A name that can be typed, unless somebody has taken it. */
    private static Path createRoot() throws IOException {
        String name = "activator-demo-" + ProcessHandle.current().pid();
        try {
            return Files.createDirectory(Path.of(System.getProperty("java.io.tmpdir"), name), FOR_ITS_OWNER);
        } catch (FileAlreadyExistsException taken) {
            return Files.createTempDirectory("activator-demo-");
        }
    }

    /** The directory of the unit files. */
    Path units() {
        return root.resolve("units");
    }

    /** The directory of the Unix sockets. */
    Path sockets() {
        return root.resolve("s");
    }

    /** The super-server's runtime directory, in which its state is too. */
    Path runtime() {
        return root.resolve("run");
    }

    /** What the super-server says on its standard output. */
    Path serverOutput() {
        return root.resolve("super-server.out");
    }

    /** What the super-server says on standard error. */
    Path serverLog() {
        return root.resolve("super-server.log");
    }

    /** What the latest command printed. */
    Path commandOutput() {
        return root.resolve("command.out");
    }

    /** Copies a resource of this package into the directory. */
    Path unpack(String resource) throws IOException {
        Path file = root.resolve(resource);
        try (InputStream content = Objects.requireNonNull(Workspace.class.getResourceAsStream(resource), resource)) {
            Files.copy(content, file);
        }
        return file;
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
