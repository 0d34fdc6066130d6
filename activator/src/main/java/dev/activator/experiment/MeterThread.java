package dev.activator.experiment;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks again and again on a thread of its own until it is closed. */
final class MeterThread implements AutoCloseable {
    private final Meter meter;
    private final Duration pause;
    private final Thread thread = new Thread(this::run, "meter");
    private final List<Look> looks = new ArrayList<>();
    private volatile boolean isEnding;
    private volatile @Nullable IOException failure;

    private MeterThread(Meter meter, Duration pause) {
        this.meter = meter;
        this.pause = pause;
    }

    static MeterThread start(Meter meter, Duration pause) {
        MeterThread started = new MeterThread(meter, pause);
        started.thread.setDaemon(true);
        started.thread.start();
        return started;
    }

    private void run() {
        try {
            looks.add(meter.look());
            while (!isEnding) {
                pause();
                looks.add(meter.look());
            }
        } catch (IOException ended) {
            failure = ended;
        }
    }

    private void pause() {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException ending) {
            isEnding = true;
        }
    }

    /** Looks a last time, and tells all that was seen. */
    List<Look> end() throws IOException, InterruptedException {
        isEnding = true;
        thread.interrupt();
        thread.join();
        IOException trouble = failure;
        if (trouble != null) {
            throw trouble;
        }
        return List.copyOf(looks);
    }

    @Override
    public void close() {
        isEnding = true;
        thread.interrupt();
    }
}
