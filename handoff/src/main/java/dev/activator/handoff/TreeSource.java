package dev.activator.handoff;

/** Where the process trees of new instances come from. */
public interface TreeSource {
    /**
     * A tree for a new instance; no process is in it yet.
     *
     * @param instance tells the unit's instances apart, {@code 17}
     */
    ProcessTree create(String unit, String instance);
}
