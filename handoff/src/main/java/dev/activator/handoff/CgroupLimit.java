package dev.activator.handoff;

/**
 * One limit of a control group. cgroups(7), kernel's cgroup-v2.rst.
 *
 * @param controller that knows it, {@code memory}
 * @param file of the cgroup's, {@code memory.max}
 * @param value as the kernel takes it
 * @param setting that asks for it, {@code MemoryMax=}
 */
public record CgroupLimit(String controller, String file, String value, String setting) {}
