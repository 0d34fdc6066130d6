package dev.activator.handoff;

import dev.activator.config.LimitName;
import dev.activator.config.ResourceLimit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The resource limits of a plan that differ from what a child inherits, as far as this process may set them. Pure.
 *
 * @param changes what is to be set
 * @param byResource the same as the kernel takes it: soft and hard limit by the number of the resource
 */
record LimitSteps(Map<LimitName, ResourceLimit> changes, Map<Integer, long[]> byResource) {

    /** Like systemd, lowers what is beyond our reach to the nearest that is not, and says so. */
    static LimitSteps of(LaunchPlan plan, Inherited inherited, List<String> deviations) {
        Map<LimitName, ResourceLimit> changes = new EnumMap<>(LimitName.class);
        plan.context().limits().forEach((name, wanted) -> {
            ResourceLimit ours = inherited.limits().get(name);
            long ceiling = ceiling(name, ours, inherited);
            ResourceLimit possible = new ResourceLimit(least(wanted.soft(), ceiling), least(wanted.hard(), ceiling));
            if (!possible.equals(wanted) && wanted.hard() != ResourceLimit.INFINITY) {
                deviations.add(
                        "Limit" + name + "=" + wanted + " is lowered to " + possible + ", the most that we may set");
            }
            if (!possible.equals(ours)) {
                changes.put(name, possible);
            }
        });
        Map<Integer, long[]> byResource = new TreeMap<>();
        changes.forEach((name, limit) -> byResource.put(name.resource(), new long[] {limit.soft(), limit.hard()}));
        return new LimitSteps(changes, byResource);
    }

    private static long ceiling(LimitName name, @Nullable ResourceLimit ours, Inherited inherited) {
        long ceiling = name == LimitName.NOFILE ? inherited.openFilesCeiling() : ResourceLimit.INFINITY;
        return ours == null || inherited.mayTakeMoreResources() ? ceiling : least(ceiling, ours.hard());
    }

    private static long least(long a, long b) {
        return Long.compareUnsigned(a, b) <= 0 ? a : b;
    }

    /** The one limit that every shell can set exactly. */
    Optional<ResourceLimit> openFiles() {
        return Optional.ofNullable(changes.get(LimitName.NOFILE));
    }

    /** Options for prlimit(1), without the limit that the shell stage sets. */
    List<String> forTool(boolean shellSetsOpenFiles) {
        List<String> options = new ArrayList<>();
        changes.forEach((name, limit) -> {
            if (name != LimitName.NOFILE || !shellSetsOpenFiles) {
                options.add("--" + name.name().toLowerCase(Locale.ROOT) + "=" + text(limit.soft()) + ":"
                        + text(limit.hard()));
            }
        });
        return options;
    }

    static String text(long value) {
        return value == ResourceLimit.INFINITY ? "unlimited" : Long.toUnsignedString(value);
    }
}
