package dev.activator.handoff;

import dev.activator.handoff.kernel.ProcessCalls;
import dev.activator.listener.SystemCallException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the process trees of instances: cgroups where we have them, else sessions. For the loop's thread. */
public final class ProcessTrees implements TreeSource, AutoCloseable {
    private final Optional<Cgroups> cgroups;
    private final ProcessCalls calls = new ProcessCalls();
    private @Nullable LaunchRecord record;

    /**
     * Makes trees of what the host offers.
     *
     * @param cgroups what {@link Cgroups#open} found
     */
    public ProcessTrees(Optional<Cgroups> cgroups) {
        this.cgroups = cgroups;
    }

    /**
     * Ends what a killed predecessor left running, waits some seconds at most until that has given back its sockets, and sees to it that a
     * successor can do the same. To be called once, before the first launch.
     *
     * @param file where is remembered what was launched, if there are no cgroups, which tell that by themselves
     * @return what was ended, for people
     * @throws IOException where the file can be neither read nor made; nothing is remembered then, and all else works
     */
    public List<String> removeLeftovers(Path file) throws IOException {
        if (cgroups.isPresent()) {
            return cgroups.get().removeLeftovers();
        }
        LaunchRecord opened = LaunchRecord.open(file);
        List<LaunchRecord.Launched> launched;
        try {
            launched = opened.takeOver();
        } catch (IOException unusable) {
            opened.close();
            throw unusable;
        }
        record = opened;
        return launched.isEmpty() ? List.of() : new Leftovers(calls).end(launched);
    }

    @Override
    public ProcessTree create(String unit) {
        if (cgroups.isPresent()) {
            try {
                return cgroups.get().create(unit);
            } catch (SystemCallException refused) {
                // Without a cgroup the instance can still be launched, watched and stopped.
                return new SessionTree(calls);
            }
        }
        return new SessionTree(calls, unit, record);
    }

    /** Remembers nothing more; what lives still is left to a successor. */
    @Override
    public void close() {
        if (record != null) {
            record.close();
        }
    }
}
