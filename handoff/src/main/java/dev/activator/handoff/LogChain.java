package dev.activator.handoff;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The files of one log, opened together although a writer may rename them at any instant: no file is there twice and none of those that
 * existed throughout is missing. They stay readable when they are renamed or removed afterwards. Whoever opens it closes its members.
 */
final class LogChain {
    /** Rotations that may come in between; a writer would have to fill a file in the time that opening a few takes. */
    private static final int ATTEMPTS = 100;

    private final List<Member> files = new ArrayList<>();

    private LogChain() {}

    /**
     * One file of it.
     *
     * @param identity device and inode, which it keeps when it is renamed
     */
    record Member(FileChannel channel, Object identity) {
        void close() {
            try {
                channel.close();
            } catch (IOException readOnly) {
                // Closing a file that was only read loses nothing.
            }
        }
    }

    /** Opens what there is, which may be nothing. */
    static LogChain open(Path current) throws IOException {
        for (int attempt = 1; ; attempt++) {
            LogChain chain = new LogChain();
            try {
                List<Object> before = identities(current);
                chain.openAll(current, before);
                if (before.equals(identities(current))) {
                    return chain;
                }
            } catch (NoSuchFileException moved) {
                // Between the look and the opening; the next attempt finds it elsewhere.
            }
            if (attempt == ATTEMPTS) {
                return chain;
            }
            chain.close();
        }
    }

    /** Identities (device and inode) by number, the current file first; "" where a rotation that is under way has left a gap. */
    private static List<Object> identities(Path current) throws IOException {
        List<Object> found = new ArrayList<>();
        int gaps = 0;
        for (int number = 0; gaps < 2; number++) {
            Object identity = identity(path(current, number));
            gaps = identity == null ? gaps + 1 : 0;
            found.add(identity == null ? "" : identity);
        }
        return found;
    }

    private static Path path(Path current, int number) {
        return number == 0 ? current : RotatingFile.predecessor(current, number);
    }

    /** Device and inode; null where there is no such file. */
    static @Nullable Object identity(Path file) throws IOException {
        try {
            return Objects.requireNonNull(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException absent) {
            return null;
        }
    }

    private void openAll(Path current, List<Object> identities) throws IOException {
        for (int number = 0; number < identities.size(); number++) {
            if (!identities.get(number).equals("")) {
                files.add(new Member(FileChannel.open(path(current, number)), identities.get(number)));
            }
        }
    }

    List<Member> youngestFirst() {
        return files;
    }

    void close() {
        files.forEach(Member::close);
    }
}
