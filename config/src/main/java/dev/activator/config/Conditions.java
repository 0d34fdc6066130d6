package dev.activator.config;

import java.util.List;

/** The Condition and Assert rows of [Unit]. systemd.unit(5) "Conditions and Asserts". */
final class Conditions {
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
        StringBuilder conditions = new StringBuilder();
        StringBuilder asserts = new StringBuilder();
        for (String kind : KINDS) {
            String name = kind.substring(0, kind.indexOf('|'));
            String when = kind.substring(kind.indexOf('|') + 1);
            conditions.append("Condition" + name + "*|Skips the start unless " + when + ".\n");
            if (!name.equals("Firmware")) {
                asserts.append("Assert" + name + "*|Fails the start unless " + when + ".\n");
            }
        }
        String why = "conditions are not checked, the unit runs as if this one held";
        rows.unsupported(why, Harmless.NEVER, conditions.toString());
        rows.unsupported(why, Harmless.NEVER, asserts.toString());
    }
}
