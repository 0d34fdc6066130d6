package dev.activator.config;

import java.util.Set;

/**
 * Names that unit files of distributions refer to and that only a host under systemd has. What requires one of them is started as if it
 * were up. systemd.special(7).
 */
final class SystemdUnits {
    private static final Set<String> NAMES =
            Set.of("dbus.service", "dbus.socket", "dbus-broker.service", "lvm2-monitor.service", "polkit.service");

    private static final Set<String> TARGETS = words("""
            basic bluetooth cryptsetup cryptsetup-pre ctrl-alt-del default emergency exit factory-reset final first-boot-complete getty
            getty-pre graphical graphical-session graphical-session-pre halt hibernate hybrid-sleep initrd initrd-fs initrd-root-device
            initrd-root-fs initrd-switch-root initrd-usr-fs integritysetup integritysetup-pre kexec local-fs local-fs-pre machines
            multi-user network network-online network-pre nss-lookup nss-user-lookup paths poweroff printer reboot remote-cryptsetup
            remote-fs remote-fs-pre remote-veritysetup rescue rpcbind runlevel0 runlevel1 runlevel2 runlevel3 runlevel4 runlevel5
            runlevel6 session shutdown sigpwr sleep slices smartcard sockets soft-reboot sound ssh-access storage-target-mode suspend
            suspend-then-hibernate swap sysinit system-update system-update-pre system-update-cleanup time-set time-sync timers tpm2
            umount usb-gadget veritysetup veritysetup-pre virt-guest-shutdown""");

    private SystemdUnits() {}

    /** Whether there is nothing of that name here and yet nothing wrong with requiring it. */
    static boolean isOne(String name) {
        return isTarget(name) || name.startsWith("systemd-") || NAMES.contains(name) || isOfOtherType(name);
    }

    /** Whether systemd has a target of that name by itself; here it is a group of what lists and [Install] sections put into it. */
    static boolean isTarget(String name) {
        String suffix = "." + UnitType.TARGET.suffix();
        return name.endsWith(suffix) && TARGETS.contains(name.substring(0, name.length() - suffix.length()));
    }

    /** Devices, mounts, timers and the like, which are systemd's business alone. */
    static boolean isOfOtherType(String name) {
        String suffix = name.substring(name.lastIndexOf('.') + 1);
        for (UnitType type : UnitType.values()) {
            if (type.suffix().equals(suffix)) {
                return false;
            }
        }
        return true;
    }

    private static Set<String> words(String text) {
        return Set.of(text.trim().split("\\s+"));
    }
}
