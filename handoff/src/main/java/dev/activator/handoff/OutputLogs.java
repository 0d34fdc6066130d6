package dev.activator.handoff;

import dev.activator.handoff.kernel.Pipes;
import dev.activator.listener.Loop;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The output of all units: makes their logs, and writes them on one thread that exists only while there is something to write.
 * For the loop's thread.
 */
public final class OutputLogs implements AutoCloseable {
    private static final int THREAD_LINGERS_SECONDS = 2;
    private static final int CLOSING_SECONDS = 5;
    private static final int READ_SIZE = 64 * 1024;

    private final Loop loop;
    private final Path directory;
    private final Clock clock;
    private final LogListener listener;
    private final ThreadPoolExecutor writer;
    private @Nullable Pipes pipes;

    /**
     * @param directory where the files go, {@code UNIT.log}; made when first needed
     * @param clock the time and zone of each line
     */
    public OutputLogs(Loop loop, Path directory, Clock clock, LogListener listener) {
        this(loop, directory, clock, listener, OutputLogs::thread);
    }

    /** @param threads makes the one that writes, and may fail to, as Thread.start() may */
    OutputLogs(Loop loop, Path directory, Clock clock, LogListener listener, ThreadFactory threads) {
        this.loop = loop;
        this.directory = directory;
        this.clock = clock;
        this.listener = listener;
        this.writer = new ThreadPoolExecutor(
                1, 1, THREAD_LINGERS_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        writer.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "output log");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Makes the pipe of a unit and reads it from now on.
     *
     * @throws dev.activator.listener.SystemCallException where there is no descriptor left for a pipe
     */
    public OutputLog open(String unit, LogLimits limits) {
        return new OutputLog(this, unit, new RotatingFile(LogFiles.current(directory, unit), limits));
    }

    Loop loop() {
        return loop;
    }

    Clock clock() {
        return clock;
    }

    LogListener listener() {
        return listener;
    }

    ExecutorService writer() {
        return writer;
    }

    /** One read buffer for all logs: each read is done with before the next. */
    Pipes pipes() {
        if (pipes == null) {
            pipes = new Pipes(READ_SIZE);
        }
        return pipes;
    }

    /** Waits until what was read is stored, some seconds at most. Close the single logs before. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                writer.shutdownNow();
            }
        } catch (InterruptedException e) {
            writer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
