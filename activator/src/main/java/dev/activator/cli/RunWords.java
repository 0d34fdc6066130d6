package dev.activator.cli;

import dev.activator.control.PageAddress;
import dev.activator.logging.LogTarget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * An ordinary command line of {@code run}, read without the parser that the other verbs use. Whatever is not plain here (help, an
 * abbreviation, a mistake) is left to that parser, which knows all of it and words the complaints.
 */
final class RunWords {
    private final List<Path> units = new ArrayList<>();
    private boolean hasVerb;
    private @Nullable Path runtime;
    private @Nullable Path state;
    private int readyFd = -1;
    private boolean allowUnsupportedHardening;
    private @Nullable PageAddress page;
    private LogTarget log = new LogTarget.StandardError();
    private Level logLevel = Level.INFO;
    private @Nullable RunOptions options;

    private RunWords() {}

    /** The run that the words ask for; empty unless they are plain. */
    static Optional<RunWords> read(String[] words, Map<String, String> environment) {
        RunWords run = new RunWords();
        try {
            for (int i = 0; i < words.length; ) {
                int used = run.take(words, i);
                if (used == 0) {
                    return Optional.empty();
                }
                i += used;
            }
        } catch (IllegalArgumentException mistake) {
            return Optional.empty();
        }
        return run.complete(environment);
    }

    RunOptions options() {
        return Objects.requireNonNull(options);
    }

    int run() throws Exception {
        return Entries.load(ServerEntry.CLASS, ServerEntry.class).run(options());
    }

    private Optional<RunWords> complete(Map<String, String> environment) {
        if (!hasVerb || units.isEmpty()) {
            return Optional.empty();
        }
        Path chosen = RuntimeDirectory.choose(runtime, environment);
        options = new RunOptions(
                units,
                chosen,
                StateDirectory.choose(state, chosen, environment),
                readyFd,
                allowUnsupportedHardening,
                page,
                log,
                logLevel);
        return Optional.of(this);
    }

    /**
     * Takes the word at an index and what belongs to it.
     *
     * @return how many words; 0 if it is not plain
     */
    private int take(String[] words, int at) {
        String word = words[at];
        int equals = word.indexOf('=');
        if (word.startsWith("--") && equals > 0) {
            return takeValue(word.substring(0, equals), word.substring(equals + 1)) ? 1 : 0;
        }
        if (word.equals("--allow-unsupported-hardening") && hasVerb) {
            allowUnsupportedHardening = true;
            return 1;
        }
        if (word.equals("run") && !hasVerb) {
            hasVerb = true;
            return 1;
        }
        String value = at + 1 < words.length ? words[at + 1] : "-";
        if (value.startsWith("-") || !takeValue(word, value)) {
            return 0;
        }
        int used = 2;
        while (word.equals("--units") && at + used < words.length && !words[at + used].startsWith("-")) {
            units.add(Path.of(words[at + used]).toAbsolutePath());
            used++;
        }
        return used;
    }

    private boolean takeValue(String option, String value) {
        if (value.isEmpty() || !(hasVerb || option.equals("--runtime"))) {
            return false;
        }
        switch (option) {
            case "--units" -> units.add(Path.of(value).toAbsolutePath());
            case "--runtime" -> runtime = Path.of(value);
            case "--state" -> state = Path.of(value);
            case "--ready-fd" -> readyFd = Integer.parseInt(value);
            case "--log" -> log = LogTarget.parse(value);
            case "--log-level" -> logLevel = LogLevel.valueOf(value).level();
            case "--http" -> page = PageAddress.parse(value);
            default -> {
                return false;
            }
        }
        return true;
    }
}
