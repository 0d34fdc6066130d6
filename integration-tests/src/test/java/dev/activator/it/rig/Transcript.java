package dev.activator.it.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The lines that a running process writes on one stream, kept and waited for; safe for any thread. */
public final class Transcript {

    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    private Transcript() {}

    /** Reads {@code stream} to its end on a thread of its own. */
    public static Transcript of(InputStream stream) {
        Transcript transcript = new Transcript();
        Thread reader = new Thread(() -> transcript.readAll(stream), "transcript");
        reader.setDaemon(true);
        reader.start();
        return transcript;
    }

    private void readAll(InputStream stream) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                append(line);
            }
        } catch (IOException closed) {
            append("(stream closed: " + closed.getMessage() + ")");
        }
        end();
    }

    private synchronized void append(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Everything so far. */
    public synchronized String text() {
        return String.join("\n", lines);
    }

    /** How many lines there are; a mark for {@link #awaitAfter}. */
    public synchronized int size() {
        return lines.size();
    }

    /** The first line with {@code part} in it, now or as soon as it is written. */
    public String await(String part) {
        return awaitAfter(0, part);
    }

    /** The first line from number {@code mark} on with {@code part} in it. */
    public String awaitAfter(int mark, String part) {
        try {
            return find(mark, part, System.nanoTime() + Eventually.PATIENCE.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for '" + part + "'", e);
        }
    }

    private synchronized String find(int mark, String part, long deadline) throws InterruptedException {
        int next = mark;
        while (true) {
            for (; next < lines.size(); next++) {
                if (lines.get(next).contains(part)) {
                    return lines.get(next);
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (ended || left <= 0) {
                throw new AssertionError((ended ? "ended" : "nothing more") + " without '" + part + "':\n" + text());
            }
            wait(left);
        }
    }
}
