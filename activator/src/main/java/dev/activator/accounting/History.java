package dev.activator.accounting;

import dev.activator.control.PastRun;
import dev.activator.control.SavingsReport;
import dev.activator.control.WakeReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What became of every service and what it took, in files below one directory: of each the latest 1,000 wakes and as many looks. A super-server
 * that ends or is killed loses none of it. All files are read and written by one thread of its own, which is there only while it is needed;
 * any thread may ask.
 */
public final class History implements AutoCloseable {
    private static final int HAPPENINGS = 2000;
    private static final int SAMPLES = 1000;
    private static final int LIVES = 4000;
    private static final String RUNS = ".runs";
    private static final String LOOKS = ".looks";
    private static final String LIFE = "activator.lives";
    private static final int KEPT_SECONDS = 5;
    private static final int BREATH_MILLIS = 20;
    /** Records that wait for a disk that does not answer; what comes beyond is dropped and counted. */
    private static final int MOST_WAITING = 4096;

    private final Path directory;
    private final InstantSource clock;
    private final Consumer<String> trouble;
    private final Instant begin;
    private final ThreadPoolExecutor thread;
    private final ProcessMeter meter = new ProcessMeter(Path.of("/proc"));
    private final Map<String, RingFile> files = new HashMap<>();
    private final List<Integer> self = List.of((int) ProcessHandle.current().pid());
    /** To which lines were added that are not written yet. */
    private final Map<String, RingFile> unwritten = new LinkedHashMap<>();

    private final AtomicLong dropped = new AtomicLong();
    private boolean isTroubled;

    /**
     * The one thread. It takes a breath when it has done all there was, so that where things happen all the time it is not woken for each,
     * and what has come meanwhile is written at once.
     */
    private final class Batches extends ThreadPoolExecutor {
        Batches(ThreadFactory threads) {
            super(1, 1, KEPT_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), threads);
        }

        @Override
        protected void afterExecute(Runnable task, @Nullable Throwable failure) {
            if (!getQueue().isEmpty()) {
                return;
            }
            tellDropped();
            writeAll();
            if (!isShutdown()) {
                try {
                    Thread.sleep(BREATH_MILLIS);
                } catch (InterruptedException ending) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /**
     * Goes on with what the directory has.
     *
     * @param directory is made when there is something to keep
     * @param trouble hears, on the thread of its own, of what cannot be kept; once until it can be again
     */
    public History(Path directory, InstantSource clock, Consumer<String> trouble) {
        this(directory, clock, trouble, History::thread);
    }

    /** @param threads makes the one, and may fail to, as Thread.start() may */
    History(Path directory, InstantSource clock, Consumer<String> trouble, ThreadFactory threads) {
        this.directory = directory;
        this.clock = clock;
        this.trouble = trouble;
        this.begin = clock.instant();
        this.thread = new Batches(threads);
        thread.allowCoreThreadTimeOut(true);
        submit(this::sign);
    }

    private static Thread thread(Runnable task) {
        Thread made = new Thread(null, task, "activator-accounting", 256 * 1024);
        made.setDaemon(true);
        return made;
    }

    /** False where it was dropped: too much waits, or there is no thread to be had. Never fails: whoever has something to tell goes on. */
    private boolean submit(Runnable task) {
        try {
            thread.execute(task);
            return true;
        } catch (RejectedExecutionException | OutOfMemoryError noRoom) {
            dropped.incrementAndGet();
            return false;
        }
    }

    private void tellDropped() {
        long count = dropped.getAndSet(0);
        if (count > 0) {
            trouble.accept("cannot keep all records in '" + directory + "': " + count
                    + (count == 1 ? " was" : " were") + " dropped while the disk was slow or there was no thread,"
                    + " figures of this time will be missing");
        }
    }

    /**
     * The service is ready, or has failed to become so.
     *
     * @param report is asked for on the thread of its own
     */
    public void woke(String unit, Supplier<WakeReport> report, int waited) {
        submit(() -> keep(unit + RUNS, HAPPENINGS, new Happening.Woke(report.get(), waited).values()));
    }

    /** An instance of this template has served one connection and is gone. */
    public void served(String template, WakeReport report, Instant at, End end, String why) {
        submit(() -> {
            keep(template + RUNS, HAPPENINGS, new Happening.Woke(report, 1).values());
            keep(template + RUNS, HAPPENINGS, new Happening.Ended(at, end, why).values());
        });
    }

    /** The service no longer runs. */
    public void ended(String unit, Instant at, End end, String why) {
        add(unit + RUNS, HAPPENINGS, new Happening.Ended(at, end, why).values());
    }

    /** What comes of a look. */
    @FunctionalInterface
    public interface Looked {
        /**
         * It is done.
         *
         * @param nanos how long it took
         * @param memory proportional set size, bytes; negative where it is unknown
         */
        void done(long nanos, long memory);
    }

    /**
     * Looks at the processes of a service.
     *
     * @param awake whether they run
     * @param isIdle whether nobody uses them; empty where nobody knows
     * @param cgroup their own; empty where they have none
     * @param looked is told on the thread of its own, or at once where nobody can look
     */
    public void look(
            String unit,
            List<Integer> pids,
            Optional<Path> cgroup,
            boolean awake,
            Optional<Boolean> isIdle,
            Looked looked) {
        boolean isLooking = submit(() -> {
            long before = System.nanoTime();
            Reading reading = meter.read(pids, cgroup.orElse(null));
            keep(unit + LOOKS, SAMPLES, new Sample(clock.instant(), awake, isIdle, reading).values());
            looked.done(System.nanoTime() - before, reading.memory());
        });
        if (!isLooking) {
            looked.done(0, Reading.UNKNOWN);
        }
    }

    /** Notes that the super-server lives, and what it takes. */
    public void signOfLife() {
        submit(this::sign);
    }

    private void sign() {
        keep(LIFE, LIVES, Life.values(begin, ownSign()));
    }

    private Life.Sign ownSign() {
        return new Life.Sign(clock.instant(), meter.read(self, null));
    }

    private void add(String file, int kept, Map<String, Object> values) {
        submit(() -> keep(file, kept, values));
    }

    private void keep(String name, int kept, Map<String, Object> values) {
        try {
            RingFile file = file(name, kept);
            file.add(values);
            unwritten.put(name, file);
        } catch (IOException | RuntimeException full) {
            isMissing(name, full);
        }
    }

    private void writeAll() {
        unwritten.forEach((name, file) -> {
            try {
                file.flush();
                isTroubled = false;
            } catch (IOException | RuntimeException full) {
                isMissing(name, full);
            }
        });
        unwritten.clear();
    }

    private void isMissing(String name, Exception full) {
        files.remove(name);
        if (!isTroubled) {
            isTroubled = true;
            trouble.accept(
                    "cannot keep records in '" + directory + "': " + full + ", figures of this time will be missing");
        }
    }

    private RingFile file(String name, int kept) throws IOException {
        RingFile present = files.get(name);
        if (present == null) {
            Files.createDirectories(directory);
            present = new RingFile(directory.resolve(name), kept);
            files.put(name, present);
        }
        return present;
    }

    /** All runs of a service that are remembered, latest first. */
    public CompletableFuture<List<PastRun>> runs(String unit) {
        return ask(notes -> {
            List<Happening> happenings = read(unit + RUNS, Happening::of, notes);
            List<Life> lives = lives(notes);
            List<PastRun> runs = new ArrayList<>();
            Happening.@Nullable Ended end = null;
            for (int i = happenings.size() - 1; i >= 0; i--) {
                if (happenings.get(i) instanceof Happening.Ended ended) {
                    end = ended;
                } else if (happenings.get(i) instanceof Happening.Woke woke) {
                    runs.add(pastRun(unit, woke, end == null ? endOfLife(woke, lives) : end));
                    end = null;
                }
            }
            return runs;
        });
    }

    private static PastRun pastRun(String unit, Happening.Woke woke, Happening.@Nullable Ended end) {
        return new PastRun(
                unit,
                woke.report(),
                woke.waited(),
                end == null ? null : end.at(),
                end == null ? "" : end.end().word(),
                end == null ? "" : end.why());
    }

    /** What an earlier super-server had started and did not tell the end of has ended with it, at its last sign of life as far as is known. */
    private Happening.@Nullable Ended endOfLife(Happening.Woke woke, List<Life> lives) {
        if (!woke.at().isBefore(begin)) {
            return null;
        }
        Instant last = woke.at();
        for (Life life : lives) {
            boolean isItsOwn = !life.begin().isAfter(woke.at());
            last = isItsOwn && life.end().isAfter(last) ? life.end() : last;
        }
        return new Happening.Ended(last, End.STOPPED, "the super-server was killed");
    }

    /** Every service of which there are records, sorted. */
    public CompletableFuture<List<String>> units() {
        return ask(notes -> new ArrayList<>(new TreeSet<>(names(notes))));
    }

    private List<String> names(List<String> notes) {
        try {
            return RingFile.names(directory, RUNS);
        } catch (IOException unreadable) {
            notes.add("cannot read '" + directory + "': " + unreadable);
            return List.of();
        }
    }

    /**
     * Reckons what was saved.
     *
     * @param since nothing before counts
     * @param declared the services that sleep now unless they run
     */
    public CompletableFuture<SavingsReport> savings(Instant since, Collection<String> declared) {
        return ask(notes -> {
            Ledger ledger = new Ledger(since, clock.instant(), lives(notes));
            TreeSet<String> units = new TreeSet<>(names(notes));
            // What serves one connection and goes is never idle, so it has nothing to save.
            units.removeIf(unit -> unit.contains("@."));
            units.addAll(declared);
            for (String unit : units) {
                ledger.add(
                        unit,
                        read(unit + RUNS, Happening::of, notes),
                        read(unit + LOOKS, Sample::of, notes),
                        declared.contains(unit));
            }
            return ledger.report(notes);
        });
    }

    /** The last one is this one, which lives now. */
    private List<Life> lives(List<String> notes) {
        List<Map<String, String>> lines = new ArrayList<>(read(LIFE, values -> values, notes));
        List<Life> lives = new ArrayList<>(Life.of(lines));
        Life own = new Life(begin, List.of());
        for (Life life : lives) {
            own = life.begin().equals(begin) ? life : own;
        }
        lives.removeIf(life -> life.begin().equals(begin));
        lives.add(own.with(ownSign()));
        return lives;
    }

    private <T> List<T> read(String file, Function<Map<String, String>, T> entry, List<String> notes) {
        List<T> entries = new ArrayList<>();
        try {
            RingFile.Content content = new RingFile(directory.resolve(file), 1).read();
            int damaged = content.unreadable();
            for (Map<String, String> line : content.lines()) {
                try {
                    entries.add(entry.apply(line));
                } catch (RuntimeException other) {
                    damaged++;
                }
            }
            noteDamage(file, damaged, notes);
        } catch (IOException unreadable) {
            notes.add("cannot read '" + directory.resolve(file) + "': " + unreadable);
        }
        return entries;
    }

    private void noteDamage(String file, int lines, List<String> notes) {
        if (lines > 0) {
            notes.add("'" + directory.resolve(file) + "' has " + lines
                    + (lines == 1 ? " damaged line, which is" : " damaged lines, which are") + " left out");
        }
    }

    private <T> CompletableFuture<T> ask(Function<List<String>, T> question) {
        Supplier<T> answer = () -> {
            writeAll();
            return question.apply(new ArrayList<>());
        };
        try {
            return CompletableFuture.supplyAsync(answer, thread);
        } catch (RejectedExecutionException | OutOfMemoryError noRoom) {
            return CompletableFuture.failedFuture(new IOException("the records cannot be read just now: " + noRoom));
        }
    }

    /** Keeps what there is to keep, and says that the super-server ends; waits for that, but not for long. */
    @Override
    public void close() {
        submit(this::sign);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(KEPT_SECONDS, TimeUnit.SECONDS)) {
                trouble.accept("could not keep all records in '" + directory + "' in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
