package dev.activator.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The Condition and Assert rows of [Unit]. systemd.unit(5) "Conditions and Asserts". */
public final class Conditions {
    /** Those that are judged when a unit starts, and whose argument is a path. */
    private static final Set<String> PATHS = Set.of(
            "PathExists",
            "PathExistsGlob",
            "PathIsDirectory",
            "PathIsSymbolicLink",
            "PathIsMountPoint",
            "PathIsReadWrite",
            "PathIsSocket",
            "DirectoryNotEmpty",
            "FileNotEmpty",
            "FileIsExecutable");

    /** Those whose argument is something else. */
    private static final Set<String> WORDS = Set.of(
            "Environment",
            "Host",
            "Architecture",
            "KernelCommandLine",
            "KernelVersion",
            "KernelModuleLoaded",
            "CPUs",
            "CPUFeature",
            "Memory",
            "ACPower",
            "User",
            "Group",
            "Capability",
            "ControlGroupController",
            "OSRelease");

    private static final List<String> KINDS = List.of(
            "PathExists|a path exists",
            "PathExistsGlob|a path matches",
            "PathIsDirectory|a path is a directory",
            "PathIsSymbolicLink|a path is a symbolic link",
            "PathIsMountPoint|a path is a mount point",
            "PathIsReadWrite|a path can be written to",
            "PathIsEncrypted|a path is on an encrypted device",
            "PathIsSocket|a path is a socket",
            "DirectoryNotEmpty|a directory has entries",
            "FileNotEmpty|a file has content",
            "FileIsExecutable|a file can be executed",
            "NeedsUpdate|/etc or /var is older than /usr",
            "FirstBoot|the system boots for the first time",
            "Architecture|the processor is of that kind",
            "Firmware|the firmware is of that kind",
            "Virtualization|the system runs in that kind of machine or container",
            "Host|the host has that name or machine id",
            "Fraction|the machine is in that share of all machines",
            "KernelCommandLine|the kernel was given that argument",
            "KernelVersion|the kernel has that version",
            "Version|the kernel, systemd or glibc has that version",
            "Credential|that credential was passed in",
            "Security|that security technology is there",
            "Capability|that capability is in the bounding set",
            "ACPower|the machine is on mains power",
            "Memory|there is that much memory",
            "CPUFeature|the processor has that feature",
            "CPUs|there are that many processors",
            "Environment|the manager has that variable",
            "User|the manager runs as that user",
            "Group|the manager is in that group",
            "ControlGroupController|that cgroup controller is there",
            "OSRelease|the operating system is that one",
            "MachineTag|the machine has that tag",
            "MemoryPressure|memory pressure is below a limit",
            "CPUPressure|CPU pressure is below a limit",
            "IOPressure|I/O pressure is below a limit",
            "KernelModuleLoaded|that kernel module is loaded");

    private Conditions() {}

    static void addTo(Rows rows) {
        String why = "a super-server does not judge this, the unit runs as if it held";
        for (String kind : KINDS) {
            String name = kind.substring(0, kind.indexOf('|'));
            String when = kind.substring(kind.indexOf('|') + 1);
            String skips = "Skips the start unless " + when + ".";
            String fails = "Fails the start unless " + when + ".";
            if (PATHS.contains(name) || WORDS.contains(name)) {
                boolean isPath = PATHS.contains(name);
                rows.add("Condition" + name, new ConditionSyntax(name, false, isPath), List.of(), skips);
                rows.add("Assert" + name, new ConditionSyntax(name, true, isPath), List.of(), fails);
            } else {
                rows.unsupported(why, Harmless.NEVER, "Condition" + name + "*|" + skips + "\n");
                if (!name.equals("Firmware")) {
                    rows.unsupported(why, Harmless.NEVER, "Assert" + name + "*|" + fails + "\n");
                }
            }
        }
    }

    /** The conditions of a unit that are judged, in no order. */
    public static List<Condition> of(Unit unit) {
        List<Condition> conditions = List.of();
        for (Directive<?> row : unit.settings().directives()) {
            if (row.syntax() instanceof ConditionSyntax) {
                conditions = conditions.isEmpty() ? new ArrayList<>() : conditions;
                for (Object condition : (List<?>) unit.get(row)) {
                    conditions.add((Condition) condition);
                }
            }
        }
        return conditions;
    }
}
