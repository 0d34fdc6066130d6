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

    public static final Directive<Boolean> STOP_WHEN_UNNEEDED = ROWS.add(
            "StopWhenUnneeded",
            Syntaxes.BOOLEAN,
            false,
            "Stops the unit once no unit that is up and awake requires, wants or upholds it.");

    public static final Directive<Boolean> REFUSE_MANUAL_START = ROWS.add(
            "RefuseManualStart", Syntaxes.BOOLEAN, false, "Only a socket or another unit may start it, not a person.");

    public static final Directive<Boolean> REFUSE_MANUAL_STOP =
            ROWS.add("RefuseManualStop", Syntaxes.BOOLEAN, false, "Only another unit may stop it, not a person.");

    public static final Directive<Boolean> ALLOW_ISOLATE =
            ROWS.add("AllowIsolate", Syntaxes.BOOLEAN, false, "Whether 'isolate' may be asked of it.");

    public static final Directive<Boolean> IGNORE_ON_ISOLATE =
            ROWS.add("IgnoreOnIsolate", Syntaxes.BOOLEAN, false, "Whether it stays up when another unit is isolated.");

    public static final Directive<Boolean> DEFAULT_DEPENDENCIES = ROWS.add(
            "DefaultDependencies",
            Syntaxes.BOOLEAN,
            true,
            "Whether a target starts after the units that it requires or wants; nothing else is ordered by default here.");

    static {
        ROWS.alias("StartLimitInterval", "Old name of StartLimitIntervalSec=.", List.of(START_LIMIT_INTERVAL));
        DependencyDirectives.addTo(ROWS);
        ROWS.unsupported("nothing is mounted for a unit", NEVER, """
                RequiresMountsFor*|Paths whose file systems are mounted before the unit starts.
                WantsMountsFor*|Paths whose file systems are mounted if they can be.""");
        ROWS.refused("namespaces are not set up", NEVER, """
                JoinsNamespaceOf*|Units whose network and temporary directories this one shares.""");
        ROWS.unsupported("it has no effect here", Harmless.NO, """
                SurviveFinalKillSignal|Keeps the processes at the end of a shutdown.
                OnFailureIsolate|Old name of OnFailureJobMode=isolate.
                IgnoreOnSnapshot|Obsolete.""");
        ROWS.unsupported("a job waits for as long as what it waits for may take", NEVER, """
                JobTimeoutSec|How long a job of this unit may wait.
                JobRunningTimeoutSec|How long a job of this unit may run.
                JobTimeoutAction|What the system does at the job's time-out.
                JobTimeoutRebootArgument|Argument of a reboot at the job's time-out.""");
        ROWS.unsupported("such jobs replace those that stand in their way", Harmless.words("replace"), """
                OnSuccessJobMode|How the units of OnSuccess= are queued.
                OnFailureJobMode|How the units of OnFailure= are queued.""");
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
