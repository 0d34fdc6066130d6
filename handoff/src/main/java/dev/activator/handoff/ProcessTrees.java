package dev.activator.handoff;

import dev.activator.handoff.kernel.ProcessCalls;
import dev.activator.listener.SystemCallException;
import java.util.Optional;

/** Makes the process trees of instances: cgroups where we have them, else sessions. For the loop's thread. */
public final class ProcessTrees implements TreeSource {
    private final Optional<Cgroups> cgroups;
    private final ProcessCalls calls = new ProcessCalls();

    /**
     * Makes trees of what the host offers.
     *
     * @param cgroups what {@link Cgroups#open} found
     */
    public ProcessTrees(Optional<Cgroups> cgroups) {
        this.cgroups = cgroups;
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
        return new SessionTree(calls);
    }
}
