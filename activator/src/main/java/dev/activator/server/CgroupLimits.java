package dev.activator.server;

import dev.activator.config.CgroupDirectives;
import dev.activator.config.Directive;
import dev.activator.config.ServiceUnit;
import dev.activator.handoff.CgroupLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The limits of a service's control group as the kernel takes them; pure but for the size of the host. systemd.resource-control(5). */
final class CgroupLimits {
    private static final Set<Directive<?>> ROWS = Set.copyOf(CgroupDirectives.all());
    private static final int PERCENT = 100;
    private static final Map<Directive<Optional<String>>, String> MEMORY = Map.of(
            CgroupDirectives.MEMORY_MIN, "memory.min",
            CgroupDirectives.MEMORY_LOW, "memory.low",
            CgroupDirectives.MEMORY_HIGH, "memory.high",
            CgroupDirectives.MEMORY_MAX, "memory.max",
            CgroupDirectives.MEMORY_SWAP_MAX, "memory.swap.max");

    private CgroupLimits() {}

    /** None for most. */
    static List<CgroupLimit> of(ServiceUnit unit) {
        if (!unit.settings().isAnySet(ROWS)) {
            return List.of();
        }
        List<CgroupLimit> limits = new ArrayList<>();
        MEMORY.forEach((row, file) -> unit.get(row)
                .ifPresent(amount -> limits.add(
                        new CgroupLimit("memory", file, value(amount, HostFactsReader.memory()), row.toString()))));
        unit.get(CgroupDirectives.TASKS_MAX)
                .ifPresent(amount -> limits.add(new CgroupLimit(
                        "pids", "pids.max", value(amount, mostTasks()), CgroupDirectives.TASKS_MAX.toString())));
        unit.get(CgroupDirectives.CPU_QUOTA)
                .ifPresent(quota -> limits.add(
                        new CgroupLimit("cpu", "cpu.max", quota(quota, unit), CgroupDirectives.CPU_QUOTA.toString())));
        unit.get(CgroupDirectives.CPU_WEIGHT)
                .ifPresent(weight -> limits.add(new CgroupLimit(
                        "cpu", "cpu.weight", weight.toString(), CgroupDirectives.CPU_WEIGHT.toString())));
        unit.get(CgroupDirectives.IO_WEIGHT)
                .ifPresent(weight -> limits.add(new CgroupLimit(
                        "io", "io.weight", "default " + weight, CgroupDirectives.IO_WEIGHT.toString())));
        List<String> processors = unit.get(CgroupDirectives.ALLOWED_CPUS);
        if (!processors.isEmpty()) {
            limits.add(new CgroupLimit(
                    "cpuset", "cpuset.cpus", String.join(",", processors), CgroupDirectives.ALLOWED_CPUS.toString()));
        }
        return limits;
    }

    private static String value(String amount, long whole) {
        if (amount.equals("infinity")) {
            return "max";
        }
        return amount.endsWith("%") ? Long.toString(whole / PERCENT * percent(amount)) : amount;
    }

    private static int percent(String text) {
        return Integer.parseInt(text.substring(0, text.length() - 1));
    }

    private static String quota(String quota, ServiceUnit unit) {
        Duration wanted = unit.get(CgroupDirectives.CPU_QUOTA_PERIOD);
        long period = Math.max(1000L, Math.min(1_000_000L, TimeUnit.MICROSECONDS.convert(wanted)));
        return period * percent(quota) / PERCENT + " " + period;
    }

    private static long mostTasks() {
        String text = HostFactsReader.text("/proc/sys/kernel/pid_max").strip();
        return text.isEmpty() ? Short.MAX_VALUE : Long.parseLong(text);
    }
}
