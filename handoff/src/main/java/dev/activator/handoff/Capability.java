package dev.activator.handoff;

import java.util.List;
import java.util.Locale;

/**
 * One capability by its name without the prefix, {@code net_bind_service}. capabilities(7).
 *
 * @param name lower case
 */
public record Capability(String name) {
    /** By the kernel's numbers. linux/capability.h */
    private static final List<String> NUMBERED = List.of(
            "chown",
            "dac_override",
            "dac_read_search",
            "fowner",
            "fsetid",
            "kill",
            "setgid",
            "setuid",
            "setpcap",
            "linux_immutable",
            "net_bind_service",
            "net_broadcast",
            "net_admin",
            "net_raw",
            "ipc_lock",
            "ipc_owner",
            "sys_module",
            "sys_rawio",
            "sys_chroot",
            "sys_ptrace",
            "sys_pacct",
            "sys_admin",
            "sys_boot",
            "sys_nice",
            "sys_resource",
            "sys_time",
            "sys_tty_config",
            "mknod",
            "lease",
            "audit_write",
            "audit_control",
            "setfcap",
            "mac_override",
            "mac_admin",
            "syslog",
            "wake_alarm",
            "block_suspend",
            "audit_read",
            "perfmon",
            "bpf",
            "checkpoint_restore");

    public Capability {
        name = name.toLowerCase(Locale.ROOT);
        name = name.startsWith("cap_") ? name.substring("cap_".length()) : name;
        if (!name.matches("[a-z_]+")) {
            throw new IllegalArgumentException("'" + name + "' is no capability");
        }
    }

    /**
     * The set as the kernel takes it.
     *
     * @throws IllegalArgumentException where the kernel has no such capability
     */
    static long bits(Iterable<Capability> capabilities) {
        long bits = 0;
        for (Capability capability : capabilities) {
            int number = NUMBERED.indexOf(capability.name);
            if (number < 0) {
                throw new IllegalArgumentException(capability + " is no capability of Linux");
            }
            bits |= 1L << number;
        }
        return bits;
    }

    /** {@code CAP_NET_BIND_SERVICE}. */
    @Override
    public String toString() {
        return "CAP_" + name.toUpperCase(Locale.ROOT);
    }
}
