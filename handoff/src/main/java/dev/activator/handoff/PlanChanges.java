package dev.activator.handoff;

import dev.activator.listener.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a plan differs from what a child inherits, as far as this process may change it; the launcher's work. Pure.
 *
 * @param oomScoreAdjust null: as it is
 * @param nice null: as it is
 * @param credentials null: as they are
 * @param keepsGroups whether the groups stay although the user may change
 * @param boundingSet null: as it is
 * @param steps of programs of the host, those that are left out aside
 * @param deviations what was asked for and this process may not give, each a sentence
 */
record PlanChanges(
        LimitSteps limits,
        @Nullable Integer oomScoreAdjust,
        @Nullable Integer nice,
        @Nullable Credentials credentials,
        boolean keepsGroups,
        boolean umask,
        boolean noNewPrivileges,
        @Nullable Set<Capability> boundingSet,
        List<HostStep> steps,
        List<String> deviations) {

    /**
     * The changes for the plan.
     *
     * @throws LaunchFailure where one can only fail for want of privilege
     */
    static PlanChanges of(LaunchPlan plan, Inherited inherited) throws LaunchFailure {
        List<String> deviations = new ArrayList<>();
        LimitSteps limits = LimitSteps.of(plan, inherited, deviations);
        Integer oomScoreAdjust = oomScoreAdjust(plan, inherited, deviations);
        Integer nice = nice(plan, inherited);
        Credentials credentials = credentials(plan, inherited);
        return new PlanChanges(
                limits,
                oomScoreAdjust,
                nice,
                credentials,
                credentials == null || keepsGroups(credentials, inherited.credentials()),
                plan.context().umask() != inherited.umask(),
                plan.context().noNewPrivileges() && !inherited.noNewPrivileges(),
                boundingSet(plan, inherited, deviations),
                steps(plan, inherited, deviations),
                deviations);
    }

    private static @Nullable Set<Capability> boundingSet(LaunchPlan plan, Inherited inherited, List<String> deviations)
            throws LaunchFailure {
        if (plan.context().boundingSet() == null || inherited.maySetBoundingSet()) {
            return plan.context().boundingSet();
        }
        lacks(plan, LaunchStage.CAPABILITIES, "CAP_SETPCAP", "CapabilityBoundingSet=", deviations);
        return null;
    }

    private static List<HostStep> steps(LaunchPlan plan, Inherited inherited, List<String> deviations)
            throws LaunchFailure {
        if (plan.context().steps().isEmpty() || inherited.maySetUpNamespaces()) {
            return plan.context().steps();
        }
        List<HostStep> steps = new ArrayList<>();
        for (HostStep step : plan.context().steps()) {
            if (step.kind() == HostStep.Kind.SANDBOX) {
                lacks(plan, LaunchStage.NAMESPACE, "CAP_SYS_ADMIN", step.need(), deviations);
            } else {
                steps.add(step);
            }
        }
        return steps;
    }

    /** Security is never left out unless the user has said so. */
    private static void lacks(
            LaunchPlan plan, LaunchStage stage, String capability, String settings, List<String> deviations)
            throws LaunchFailure {
        if (!plan.context().unconfinedIfNeeded()) {
            throw LaunchFailure.of(
                    plan,
                    stage,
                    Errno.EPERM,
                    "we lack " + capability + "; AllowUnsupportedHardening=yes in [X-Activator] starts it without");
        }
        deviations.add(settings + " cannot be applied: we lack " + capability
                + ", ignoring as AllowUnsupportedHardening= says");
    }

    private static @Nullable Integer oomScoreAdjust(LaunchPlan plan, Inherited inherited, List<String> deviations) {
        Integer wanted = plan.context().oomScoreAdjust();
        if (wanted == null || wanted == inherited.oomScoreAdjust()) {
            return null;
        }
        if (wanted < inherited.oomScoreAdjust() && !inherited.mayTakeMoreResources()) {
            deviations.add("OOMScoreAdjust=" + wanted + " is below our own " + inherited.oomScoreAdjust()
                    + " and we lack CAP_SYS_RESOURCE, ignoring");
            return null;
        }
        return wanted;
    }

    private static @Nullable Integer nice(LaunchPlan plan, Inherited inherited) throws LaunchFailure {
        Integer wanted = plan.context().nice();
        if (wanted == null || wanted == inherited.nice()) {
            return null;
        }
        if (wanted < inherited.nice() && !inherited.mayLowerNiceTo(wanted)) {
            throw LaunchFailure.of(plan, LaunchStage.NICE, Errno.EACCES, "we lack CAP_SYS_NICE");
        }
        return wanted;
    }

    private static @Nullable Credentials credentials(LaunchPlan plan, Inherited inherited) throws LaunchFailure {
        Credentials wanted = plan.context().credentials();
        Credentials ours = inherited.credentials();
        if (wanted == null || wanted.isSameAs(ours)) {
            return null;
        }
        if (wanted.uid() != ours.uid() && !inherited.maySetUser()) {
            throw LaunchFailure.of(plan, LaunchStage.USER, Errno.EPERM, "we lack CAP_SETUID");
        }
        if (!keepsGroups(wanted, ours) && !inherited.maySetGroups()) {
            throw LaunchFailure.of(plan, LaunchStage.GROUP, Errno.EPERM, "we lack CAP_SETGID");
        }
        return wanted;
    }

    private static boolean keepsGroups(Credentials wanted, Credentials ours) {
        return wanted.gid() == ours.gid() && wanted.hasGroupsOf(ours);
    }
}
