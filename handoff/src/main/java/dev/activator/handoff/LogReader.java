package dev.activator.handoff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log from its last lines on, across the files that rotations have made and will make, each line once; from any process. Whoever
 * opens it closes it. Blocks for no longer than a read of the disk takes: not for the loop.
 */
public final class LogReader implements AutoCloseable {
    private final Path path;
    /** Begun after the one that is being read, oldest first. */
    private final Deque<LogChain.Member> younger = new ArrayDeque<>();
    /** Being read; none before the log exists. */
    private LogChain.@Nullable Member file;

    private LogReader(Path path) {
        this.path = path;
    }

    /**
     * Opens the log where its last lines begin, in whichever of its files that is.
     *
     * @param path the file that is being written; may be absent
     * @param lines how many; 0 for what is yet to come
     */
    public static LogReader open(Path path, int lines) throws IOException {
        LogReader reader = new LogReader(path);
        LogChain chain = LogChain.open(path);
        try {
            int missing = lines;
            for (LogChain.Member member : chain.youngestFirst()) {
                if (missing == 0 && !reader.younger.isEmpty()) {
                    member.close();
                    continue;
                }
                LastLines last = LastLines.of(member.channel(), missing);
                member.channel().position(last.position());
                missing = last.missing();
                reader.younger.addFirst(member);
            }
            return reader;
        } catch (IOException unreadable) {
            chain.close();
            throw unreadable;
        }
    }

    /**
     * Appends what there is to the buffer; nothing if there is no more at present.
     *
     * @param follow whether to go on in files that are begun from now on
     */
    public void read(ByteBuffer into, boolean follow) throws IOException {
        while (file == null || file.channel().read(into) <= 0) {
            if (younger.isEmpty()) {
                if (!follow || !findYounger()) {
                    return;
                }
                // What was written to ours between the last look and the rotation comes first.
                if (file != null && file.channel().read(into) > 0) {
                    return;
                }
            }
            takeNext();
        }
    }

    private void takeNext() {
        if (file != null) {
            file.close();
        }
        file = younger.remove();
    }

    /** Opens what was begun after ours, which may be several files; false where nothing was. */
    private boolean findYounger() throws IOException {
        Object youngest = LogChain.identity(path);
        if (youngest == null || (file != null && youngest.equals(file.identity()))) {
            startAgainIfCut();
            return false;
        }
        boolean isOlder = false;
        for (LogChain.Member member : LogChain.open(path).youngestFirst()) {
            isOlder |= file != null && member.identity().equals(file.identity());
            if (isOlder) {
                member.close();
            } else {
                younger.addFirst(member);
            }
        }
        return !younger.isEmpty();
    }

    private void startAgainIfCut() throws IOException {
        if (file != null && file.channel().size() < file.channel().position()) {
            file.channel().position(0);
        }
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
        younger.forEach(LogChain.Member::close);
        younger.clear();
    }
}
