package dev.activator.it.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** Where the launcher under test is. */
final class Installation {

    private Installation() {}

    /** The launcher: {@code -Dactivator.launcher=}, else the one of the checkout that the tests run in. */
    static Path launcher() {
        String given = System.getProperty("activator.launcher");
        Path launcher = given == null ? inCheckout() : Path.of(given);
        if (!Files.isExecutable(launcher)) {
            throw new IllegalStateException("no launcher at " + launcher);
        }
        return launcher.toAbsolutePath().normalize();
    }

    /**
     * Makes an installation of what the checkout has built: {@code bin/activator} and {@code lib/*.jar} below
     * {@code target}, readable by everybody, wherever the checkout may be.
     *
     * @return its launcher
     */
    static Path copyTo(Path target) throws IOException {
        Path built = launcher().resolveSibling("../target").normalize();
        Path library = Files.createDirectories(target.resolve("lib"));
        for (Path directory : List.of(built, built.resolve("lib"))) {
            try (Stream<Path> jars = Files.list(directory)) {
                for (Path jar :
                        jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                    Files.copy(jar, library.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        Path launcher = Files.createDirectories(target.resolve("bin")).resolve("activator");
        Files.copy(launcher(), launcher);
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        return launcher;
    }

    private static Path inCheckout() {
        Path directory = Path.of("").toAbsolutePath();
        while (directory != null && !Files.exists(directory.resolve("activator/bin/activator"))) {
            directory = directory.getParent();
        }
        if (directory == null) {
            throw new IllegalStateException("not inside a checkout");
        }
        return directory.resolve("activator/bin/activator");
    }
}
