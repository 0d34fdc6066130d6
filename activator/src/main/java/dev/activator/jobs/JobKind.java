package dev.activator.jobs;

import java.util.Locale;

/** What a job does with its unit. */
public enum JobKind {
    START,
    STOP,
    RESTART,
    /** Only looks whether the unit is up, since another one has it in Requisite=. */
    VERIFY_ACTIVE;

    /** As systemctl list-jobs prints it, {@code verify-active}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean brings() {
        return this != STOP;
    }
}
