package dev.activator.handoff.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one posix_spawn(3) is asked for. The child leads a new session, blocks no signal and has every disposition at its default,
 * but for SIGPIPE.
 *
 * @param file absolute path
 * @param environment {@code NAME=value}
 * @param duplicates dup2 calls in this order
 * @param nulls descriptors that become /dev/null, read-write
 * @param closeFrom the first number that the child must not have
 * @param directory entered before the exec, null: ours
 * @param inheritSigpipe whether SIGPIPE stays as it is here instead of going back to its default
 */
public record SpawnRequest(
        String file,
        List<String> argv,
        List<String> environment,
        List<Duplicate> duplicates,
        List<Integer> nulls,
        int closeFrom,
        @Nullable String directory,
        boolean inheritSigpipe) {

    /** One dup2(2). */
    public record Duplicate(int from, int to) {}
}
