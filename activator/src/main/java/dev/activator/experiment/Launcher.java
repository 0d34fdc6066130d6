package dev.activator.experiment;

import dev.activator.cli.ExitStatus;
import dev.activator.cli.Failure;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the command {@code activator} that belongs to the running code, in a checkout as in an installation. */
public final class Launcher {
    private Launcher() {}

    /** The jar, or the directory of classes, that this class was loaded from. */
    public static Path codeSource() {
        try {
            return Path.of(Launcher.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** {@code bin/activator} in the closest directory above the code that has it. */
    public static Path find() {
        return above(codeSource());
    }

    public static Path above(Path code) {
        for (Path home = code; home != null; home = home.getParent()) {
            Path launcher = home.resolve("bin").resolve("activator");
            if (Files.isExecutable(launcher)) {
                return launcher;
            }
        }
        throw new Failure(ExitStatus.FAILED, "There is no 'bin/activator' in any directory above '" + code + "'.");
    }
}
