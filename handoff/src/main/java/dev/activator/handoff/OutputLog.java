package dev.activator.handoff;

import dev.activator.handoff.RotatingFile.Outcome;
import dev.activator.handoff.kernel.Pipes;
import dev.activator.listener.BorrowedFd;
import dev.activator.listener.Errno;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.SystemCallException;
import dev.activator.listener.Timer;
import dev.activator.listener.Watch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What the instances of a unit print: one pipe that all of them write to, read by the loop, and files that it goes to, each line
 * with the time of its arrival. A service that prints faster than the disk takes it has to wait; one whose disk is full
 * does not, its lines are counted and dropped. For the loop's thread.
 */
public final class OutputLog implements AutoCloseable {
    /** Reads in one turn of the loop, 64 KiB each. */
    private static final int TURN = 4;
    /** Bytes that wait while others are being written; beyond, the pipe is left alone and fills. */
    private static final int MOST_WAITING = 256 * 1024;
    /** Rest after which an unfinished line, a prompt perhaps, counts as one. */
    private static final Duration PARTIAL_LINE_RESTS = Duration.ofSeconds(1);
    /** Pause before a thread is asked for again where there was none to be had. */
    private static final Duration THREAD_SHORTAGE_RESTS = Duration.ofSeconds(1);

    private final OutputLogs logs;
    private final String unit;
    private final RotatingFile file;
    private final OwnedFd readEnd;
    private final OwnedFd writeEnd;
    private final LineSplitter splitter = new LineSplitter(this::add);
    private ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private int waitingLines;
    private byte[] timePrefix = new byte[0];
    private boolean isWriting;
    private long dropped;
    private @Nullable String failure;
    private @Nullable Watch watch;
    private @Nullable Timer partialTimer;
    private @Nullable Timer retryTimer;

    OutputLog(OutputLogs logs, String unit, RotatingFile file) {
        this.logs = logs;
        this.unit = unit;
        this.file = file;
        int[] ends = Pipes.open();
        if (ends.length == 0) {
            throw new SystemCallException("pipe2", new Errno(Pipes.errno()), "output of " + unit);
        }
        readEnd = OwnedFd.adopt(ends[0], "output of " + unit);
        writeEnd = OwnedFd.adopt(ends[1], "output of " + unit + ", the services' end");
        try {
            resume();
        } catch (RuntimeException unwatched) {
            readEnd.close();
            writeEnd.close();
            throw unwatched;
        }
    }

    /** Standard output and error of the unit's processes; to be mapped as it is, blocking. */
    public BorrowedFd writeEnd() {
        return writeEnd.lend();
    }

    /** The file that is written to now. */
    public Path file() {
        return file.current();
    }

    /** Lines that could not be stored since it was last told that storing works again. */
    public long droppedLines() {
        return dropped;
    }

    private void resume() {
        if (watch == null && readEnd.isOpen()) {
            watch = logs.loop().watch(readEnd.lend(), readiness -> read(TURN));
        }
    }

    private void pause() {
        if (watch != null) {
            watch.cancel();
            watch = null;
        }
    }

    private void read(int reads) {
        timePrefix = LineTime.of(OffsetDateTime.now(logs.clock())).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < reads; i++) {
            byte[] bytes = logs.pipes().read(readEnd.number());
            if (bytes.length == 0) {
                break;
            }
            splitter.take(bytes);
        }
        restartPartialTimer();
        write();
        if (waiting.size() > MOST_WAITING) {
            pause();
        }
    }

    private void restartPartialTimer() {
        if (partialTimer != null) {
            partialTimer.cancel();
            partialTimer = null;
        }
        if (splitter.hasPartial()) {
            partialTimer = logs.loop().after(PARTIAL_LINE_RESTS, "unfinished line of " + unit, () -> {
                splitter.flush();
                write();
            });
        }
    }

    private void add(byte[] line) {
        waiting.writeBytes(timePrefix);
        waiting.writeBytes(line);
        waiting.write('\n');
        waitingLines++;
    }

    private void write() {
        if (!isWriting && retryTimer == null) {
            submit();
        }
    }

    private void submit() {
        if (waiting.size() == 0) {
            return;
        }
        byte[] batch = withNotice(waiting.toByteArray());
        int lines = waitingLines;
        try {
            logs.writer().execute(() -> {
                Outcome outcome = file.append(batch);
                logs.loop().execute(() -> onWritten(outcome, lines));
            });
        } catch (OutOfMemoryError | RejectedExecutionException noThread) {
            retryLater();
            return;
        }
        waiting = new ByteArrayOutputStream();
        waitingLines = 0;
        isWriting = true;
    }

    /** What waits goes on waiting. */
    private void retryLater() {
        if (retryTimer == null && readEnd.isOpen()) {
            retryTimer = logs.loop().after(THREAD_SHORTAGE_RESTS, "output of " + unit, () -> {
                retryTimer = null;
                write();
            });
        }
    }

    /** Says in the file itself, ahead of the first lines that are stored again, that some are missing. */
    private byte[] withNotice(byte[] batch) {
        if (dropped == 0) {
            return batch;
        }
        ByteArrayOutputStream notice = new ByteArrayOutputStream();
        notice.writeBytes(timePrefix);
        notice.writeBytes((dropped + " lines were dropped: " + failure + "\n").getBytes(StandardCharsets.UTF_8));
        notice.writeBytes(batch);
        return notice.toByteArray();
    }

    private void onWritten(Outcome outcome, int lines) {
        isWriting = false;
        if (outcome.failure() != null) {
            dropped += Math.max(0, lines - outcome.storedLines());
            if (failure == null) {
                failure = reason(outcome.failure());
                logs.listener().onWriteFailed(unit, file.current(), failure);
            }
        } else if (failure != null) {
            logs.listener().onWriteResumed(unit, file.current(), dropped);
            dropped = 0;
            failure = null;
        }
        write();
        if (waiting.size() <= MOST_WAITING) {
            resume();
        }
    }

    private String reason(IOException thrown) {
        String text = String.valueOf(thrown.getMessage());
        String path = file.current().toString();
        // Some of the JDK's messages are the reason alone, some PATH: REASON, and some the path alone.
        if (text.equals(path)) {
            return thrown.getClass().getSimpleName();
        }
        return text.startsWith(path + ": ") ? text.substring(path.length() + 2) : text;
    }

    /** Takes what is in the pipe by now, and closes it: processes that still write get SIGPIPE or EPIPE. */
    @Override
    public void close() {
        if (!readEnd.isOpen()) {
            return;
        }
        // A pipe holds 64 KiB unless somebody made it larger.
        read(TURN);
        pause();
        splitter.flush();
        if (partialTimer != null) {
            partialTimer.cancel();
        }
        readEnd.close();
        writeEnd.close();
        if (retryTimer != null) {
            retryTimer.cancel();
        }
        // There is one writer for all, so this comes after the batch that may be on its way.
        submit();
    }
}
