package dev.activator.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Sets of capabilities: names are added to what there is, those of an assignment that begins with {@code ~} are taken away. Where nothing was
 * assigned before, the first assignment is the whole set, or everything but it. systemd.exec(5), capabilities(7).
 */
final class CapabilitySyntax implements ValueSyntax<Set<String>> {
    /** Lower case and without the prefix, by the kernel's numbers. linux/capability.h */
    static final List<String> NAMES = List.of(
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

    private static final String PREFIX = "cap_";

    @Override
    public String grammar() {
        return "[~]capabilities";
    }

    @Override
    public boolean isList() {
        return true;
    }

    /** An empty assignment is the empty set, not the default. */
    @Override
    public boolean canReset() {
        return false;
    }

    @Override
    public Set<String> parse(@Nullable Set<String> soFar, String text, ValueScope scope) throws BadValue {
        boolean takesAway = text.startsWith("~");
        Set<String> named = new LinkedHashSet<>();
        Words words = new Words(takesAway ? text.substring(1) : text, Words.Manner.PLAIN);
        for (String word = words.next(); word != null; word = words.next()) {
            String name = word.toLowerCase(Locale.ROOT);
            name = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
            if (NAMES.contains(name)) {
                named.add(name);
            } else {
                String near = Suggestion.nearest(PREFIX + name, shown());
                scope.note(
                        words.start() + (takesAway ? 1 : 0),
                        "'" + Quoted.shorten(word) + "' is no capability, ignoring this word"
                                + (near == null ? "" : "; did you mean " + near + "?"));
            }
        }
        if (text.isEmpty()) {
            return Set.of();
        }
        Set<String> result = new TreeSet<>(soFar != null ? soFar : takesAway ? NAMES : List.of());
        if (takesAway) {
            result.removeAll(named);
        } else {
            result.addAll(named);
        }
        return result;
    }

    private static List<String> shown() {
        return NAMES.stream().map(CapabilitySyntax::shown).toList();
    }

    private static String shown(String name) {
        return (PREFIX + name).toUpperCase(Locale.ROOT);
    }

    /** Empty is assigned as such, and each of several assignments would only add. */
    @Override
    public List<String> assignments(Set<String> value) {
        List<String> names = new ArrayList<>();
        NAMES.stream().filter(value::contains).forEach(name -> names.add(shown(name)));
        return List.of(String.join(" ", names));
    }
}
