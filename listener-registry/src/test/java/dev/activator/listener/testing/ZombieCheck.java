package dev.activator.listener.testing;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test after which an ended child of this process waits unreaped: {@code @ExtendWith(ZombieCheck.class)}. */
public final class ZombieCheck implements AfterEachCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Override
    public void afterEach(ExtensionContext context) {
        // java.lang.Process reaps on a thread of its own, which may be a moment behind.
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<String> zombies = zombies();
        while (!zombies.isEmpty() && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
            zombies = zombies();
        }
        if (!zombies.isEmpty()) {
            throw new AssertionError("children left unreaped: " + zombies);
        }
    }

    /** Ended children of this process, as {@code pid (name)}. */
    public static List<String> zombies() {
        List<String> zombies = new ArrayList<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                for (String pid : readOrEmpty(task.resolve("children")).split(" ", -1)) {
                    addZombie(pid, zombies);
                }
            }
        } catch (IOException e) {
            throw new AssertionError("cannot list the threads of this process", e);
        }
        return zombies;
    }

    private static void addZombie(String pid, List<String> zombies) {
        String stat = pid.isEmpty() ? "" : readOrEmpty(Path.of("/proc", pid, "stat"));
        int nameEnd = stat.lastIndexOf(')');
        if (nameEnd > 0 && stat.startsWith(" Z", nameEnd + 1)) {
            zombies.add(stat.substring(0, nameEnd + 1));
        }
    }

    private static String readOrEmpty(Path file) {
        try {
            return Files.readString(file).trim();
        } catch (IOException ended) {
            return "";
        }
    }
}
