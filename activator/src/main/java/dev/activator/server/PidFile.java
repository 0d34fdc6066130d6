package dev.activator.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file in which a daemon leaves its pid. systemd.service(5) PIDFile=. */
final class PidFile {
    private PidFile() {}

    /** The pid in it; 0 where there is no such file yet, or no number in it. */
    static int read(String path) {
        try {
            String text = Files.readString(Path.of(path)).trim();
            return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Takes away what a daemon that has ended left behind. */
    static void remove(String path) {
        try {
            Files.deleteIfExists(Path.of(path));
        } catch (IOException kept) {
            // The next daemon writes it anew, and a pid in it that is no process of the instance is not believed.
        }
    }
}
