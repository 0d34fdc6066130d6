package dev.activator.handoff;

/** Where the process trees of new instances come from. */
public interface TreeSource {
    /**
     * A tree for a new instance; no process is in it yet.
     *
     * @param unit the unit's name, for a template's instance the template's
     */
    ProcessTree create(String unit);
}
