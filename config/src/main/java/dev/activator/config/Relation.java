package dev.activator.config;

/** How a directive relates to systemd's directive of that name. */
public enum Relation {
    /** Same name, values and meaning. */
    SAME,
    /** Same name and meaning, not every value. */
    SUBSET,
    /** systemd has none of that name. */
    OURS
}
