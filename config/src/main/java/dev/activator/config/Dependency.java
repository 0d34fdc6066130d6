package dev.activator.config;

import java.util.EnumMap;
import java.util.Map;

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

    private static final Map<Dependency, Dependency> INVERSES = inverses();

    private static Map<Dependency, Dependency> inverses() {
        Map<Dependency, Dependency> inverses = new EnumMap<>(Dependency.class);
        inverses.put(REQUIRES, REQUIRED_BY);
        inverses.put(REQUISITE, REQUISITE_OF);
        inverses.put(WANTS, WANTED_BY);
        inverses.put(BINDS_TO, BOUND_BY);
        inverses.put(PART_OF, CONSISTS_OF);
        inverses.put(UPHOLDS, UPHELD_BY);
        inverses.put(CONFLICTS, CONFLICTED_BY);
        inverses.put(BEFORE, AFTER);
        inverses.put(ON_FAILURE, ON_FAILURE_OF);
        inverses.put(ON_SUCCESS, ON_SUCCESS_OF);
        inverses.put(PROPAGATES_STOP_TO, STOP_PROPAGATED_FROM);
        inverses.put(PROPAGATES_RELOAD_TO, RELOAD_PROPAGATED_FROM);
        Map.copyOf(inverses).forEach((kind, other) -> inverses.put(other, kind));
        return inverses;
    }

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
        return INVERSES.getOrDefault(this, this);
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
