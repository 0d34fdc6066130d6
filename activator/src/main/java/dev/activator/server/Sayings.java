package dev.activator.server;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Says each of a few things at most once a minute and counts what it leaves out, so that nobody can fill the log.
 *
 * @param <K> what there is to say
 */
final class Sayings<K extends Enum<K>> {
    static final long QUIET_NANOS = 60_000_000_000L;

    private final Map<K, Said> said;

    private static final class Said {
        private long at;
        private long suppressed;
    }

    Sayings(Class<K> things) {
        said = new EnumMap<>(things);
    }

    /** Says it, with the number of times that it was left out since, or counts it. {@code now}: in the loop's nanoseconds. */
    void say(K thing, long now, String text, Consumer<String> log) {
        Said before = said.get(thing);
        if (before != null && now - before.at < QUIET_NANOS) {
            before.suppressed++;
            return;
        }
        long suppressed = before == null ? 0 : before.suppressed;
        log.accept(suppressed == 0 ? text : text + " (" + suppressed + " more times since it was last said)");
        Said next = new Said();
        next.at = now;
        said.put(thing, next);
    }
}
