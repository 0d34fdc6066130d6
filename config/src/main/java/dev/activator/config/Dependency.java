package dev.activator.config;

/** How one unit stands to another; each kind has an inverse. The words are systemd's properties. systemd.unit(5). */
public enum Dependency {
    /** Started with this one, which does not run without it. */
    REQUIRES("Requires"),
    REQUIRED_BY("RequiredBy"),
    /** Must run already when this one starts. */
    REQUISITE("Requisite"),
    REQUISITE_OF("RequisiteOf"),
    /** Started with this one, which runs without it, too. */
    WANTS("Wants"),
    WANTED_BY("WantedBy"),
    /** As {@link #REQUIRES}; and its end, whatever the reason, stops this one. */
    BINDS_TO("BindsTo"),
    BOUND_BY("BoundBy"),
    /** Its stop or restart is this one's too. */
    PART_OF("PartOf"),
    CONSISTS_OF("ConsistsOf"),
    /** Started with this one, and again whenever it ends as long as this one is up. */
    UPHOLDS("Upholds"),
    UPHELD_BY("UpheldBy"),
    /** Cannot be up at the same time. */
    CONFLICTS("Conflicts"),
    CONFLICTED_BY("ConflictedBy"),
    /** Starts later, and stops earlier, than this one. */
    BEFORE("Before"),
    AFTER("After"),
    /** Started when this one has failed. */
    ON_FAILURE("OnFailure"),
    ON_FAILURE_OF("OnFailureOf"),
    /** Started when this one has ended well. */
    ON_SUCCESS("OnSuccess"),
    ON_SUCCESS_OF("OnSuccessOf"),
    /** Stopped with this one. */
    PROPAGATES_STOP_TO("PropagatesStopTo"),
    STOP_PROPAGATED_FROM("StopPropagatedFrom"),
    /** Reloaded with this one. */
    PROPAGATES_RELOAD_TO("PropagatesReloadTo"),
    RELOAD_PROPAGATED_FROM("ReloadPropagatedFrom");

    private final String word;

    Dependency(String word) {
        this.word = word;
    }

    /** The property's name, {@code BindsTo}. */
    public String word() {
        return word;
    }

    /** The other unit's view of the same. */
    public Dependency inverse() {
        // Each is declared beside its inverse.
        return values()[ordinal() ^ 1];
    }

    /** Whether a start of the unit takes the other one along. */
    public boolean isPull() {
        return this == REQUIRES || this == WANTS || this == BINDS_TO || this == UPHOLDS;
    }

    /** Whether the unit cannot start without the other one. */
    public boolean isNeed() {
        return this == REQUIRES || this == BINDS_TO || this == REQUISITE;
    }
}
