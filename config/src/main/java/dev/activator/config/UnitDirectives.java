package dev.activator.config;

import java.time.Duration;
import java.util.List;

/** The rows of [Unit]. systemd.unit(5). */
public final class UnitDirectives {
    private static final Rows ROWS = new Rows("Unit");
    private static final Harmless NEVER = Harmless.NEVER;

    public static final Directive<String> DESCRIPTION =
            ROWS.add("Description", Syntaxes.STRING, "", "What the unit is, in a few words, for lists and status.");

    public static final Directive<List<String>> DOCUMENTATION = ROWS.add(
            "Documentation",
            ListOf.words("URIs", Words.Manner.PLAIN, (text, scope) -> text, text -> text, Syntaxes::plainWord),
            List.of(),
            "Where more can be read: man:, info:, http:, https: or file: addresses.");

    public static final Directive<String> SOURCE_PATH =
            ROWS.add("SourcePath", Syntaxes.STRING, "", "The file that this unit was generated from; only shown.");

    public static final Directive<Duration> START_LIMIT_INTERVAL = ROWS.add(
            "StartLimitIntervalSec",
            Syntaxes.SPAN,
            Duration.ofSeconds(10),
            "Time in which StartLimitBurst= starts are allowed; 0 for no limit.");

    public static final Directive<Integer> START_LIMIT_BURST =
            ROWS.add("StartLimitBurst", Syntaxes.COUNT, 5, "How many starts StartLimitIntervalSec= allows.");

    static {
        ROWS.alias("StartLimitInterval", "Old name of StartLimitIntervalSec=.", List.of(START_LIMIT_INTERVAL));
        ROWS.unsupported("units do not pull each other in; a service starts when its socket is used", NEVER, """
                Requires*|Units that are started with this one and without which it does not run.
                Requisite*|Units that must run already when this one starts.
                Wants*|Units that are started with this one.
                BindsTo*|Units whose stop stops this one.
                BindTo*|Old name of BindsTo=.
                PartOf*|Units whose stop or restart this one follows.
                Upholds*|Units that are started again as long as this one runs.
                RequiresOverridable*|Old name of Requires=.
                RequisiteOverridable*|Old name of Requisite=.
                Conflicts*|Units that are stopped when this one starts.
                OnSuccess*|Units that are started when this one ends with success.
                OnFailure*|Units that are started when this one fails.
                PropagatesReloadTo*|Units that are reloaded with this one.
                PropagateReloadTo*|Old name of PropagatesReloadTo=.
                ReloadPropagatedFrom*|Units with which this one is reloaded.
                PropagateReloadFrom*|Old name of ReloadPropagatedFrom=.
                PropagatesStopTo*|Units that are stopped with this one.
                StopPropagatedFrom*|Units with which this one is stopped.""");
        ROWS.unsupported("units are not ordered; a service starts when its socket is used", NEVER, """
                Before*|Units that start after this one.
                After*|Units that start before this one.""");
        ROWS.unsupported("nothing is mounted for a unit", NEVER, """
                RequiresMountsFor*|Paths whose file systems are mounted before the unit starts.
                WantsMountsFor*|Paths whose file systems are mounted if they can be.""");
        ROWS.refused("namespaces are not set up", NEVER, """
                JoinsNamespaceOf*|Units whose network and temporary directories this one shares.""");
        ROWS.unsupported("it has no effect here", Harmless.NO, """
                StopWhenUnneeded|Stops the unit when no other one needs it.
                RefuseManualStart|Refuses a start by hand.
                RefuseManualStop|Refuses a stop by hand.
                AllowIsolate|Lets the unit be isolated.
                SurviveFinalKillSignal|Keeps the processes at the end of a shutdown.
                OnFailureIsolate|Old name of OnFailureJobMode=isolate.
                IgnoreOnIsolate|Keeps the unit when another one is isolated.
                IgnoreOnSnapshot|Obsolete.""");
        ROWS.unsupported("units have no default dependencies", Harmless.ALWAYS, """
                DefaultDependencies|Whether the usual dependencies on boot and shutdown are added.""");
        ROWS.unsupported("there is no job queue", NEVER, """
                OnSuccessJobMode|How the units of OnSuccess= are queued.
                OnFailureJobMode|How the units of OnFailure= are queued.
                JobTimeoutSec|How long a job of this unit may wait.
                JobRunningTimeoutSec|How long a job of this unit may run.
                JobTimeoutAction|What the system does at the job's time-out.
                JobTimeoutRebootArgument|Argument of a reboot at the job's time-out.""");
        ROWS.unsupported("the state of the system is left alone", Harmless.words("none"), """
                StartLimitAction|What the system does when the start limit is hit.
                FailureAction|What the system does when the unit fails.
                SuccessAction|What the system does when the unit ends with success.
                FailureActionExitStatus|Exit code of the manager with FailureAction=exit.
                SuccessActionExitStatus|Exit code of the manager with SuccessAction=exit.
                RebootArgument|Argument of a reboot.""");
        ROWS.unsupported("a unit that ended is always forgotten", NEVER, """
                CollectMode|When an unused unit is unloaded: inactive or inactive-or-failed.""");
        Conditions.addTo(ROWS);
    }

    private UnitDirectives() {}

    static List<Directive<?>> rows() {
        return ROWS.all();
    }
}
