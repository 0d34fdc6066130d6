package dev.activator.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The controlling terminal, told by stty(1) to hand over each key as it is pressed; to be closed, which sets it back. */
final class RawTerminal implements AutoCloseable {
    private static final int LOOK_MILLIS = 40;
    private static final int ESCAPE = 27;
    /** Nothing was pressed in time. */
    static final int NOTHING = -1;

    static final int UP = 1001;
    static final int DOWN = 1002;

    private static final int USUAL_ROWS = 24;
    private static final int USUAL_COLUMNS = 80;

    private final String saved;
    private final Thread restoring;

    private RawTerminal(String saved) {
        this.saved = saved;
        this.restoring = new Thread(this::restore, "terminal-restoring");
    }

    /**
     * Takes it over.
     *
     * @throws IOException where there is none, or no stty
     */
    static RawTerminal open() throws IOException {
        RawTerminal terminal = new RawTerminal(stty("-g").strip());
        stty("-icanon", "-echo", "min", "0", "time", "0");
        // Ctrl-C ends the process between any two lines.
        Runtime.getRuntime().addShutdownHook(terminal.restoring);
        return terminal;
    }

    /** A key; {@link #UP}, {@link #DOWN}, or {@link #NOTHING} where none was pressed in time. */
    int key(long millis) throws IOException {
        InputStream keys = System.in;
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (keys.available() == 0) {
            if (System.nanoTime() >= deadline) {
                return NOTHING;
            }
            pause();
        }
        int key = keys.read();
        if (key != ESCAPE || keys.available() < 2) {
            return key;
        }
        keys.read();
        return switch (keys.read()) {
            case 'A' -> UP;
            case 'B' -> DOWN;
            default -> NOTHING;
        };
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Rows and columns as they are now. */
    int[] size() {
        try {
            String[] words = stty("size").strip().split(" ", -1);
            int rows = Integer.parseInt(words[0]);
            int columns = Integer.parseInt(words[1]);
            return new int[] {rows > 0 ? rows : USUAL_ROWS, columns > 0 ? columns : USUAL_COLUMNS};
        } catch (IOException | RuntimeException unknown) {
            return new int[] {USUAL_ROWS, USUAL_COLUMNS};
        }
    }

    private static String stty(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectInput(new File("/dev/tty"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("stty " + String.join(" ", words) + " failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return said;
    }

    private void restore() {
        try {
            stty(saved);
        } catch (IOException gone) {
            // Then there is nobody to be annoyed.
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(restoring);
        restore();
    }
}
