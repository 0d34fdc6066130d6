package dev.activator.server;

import dev.activator.config.Directive;
import dev.activator.config.MountedPath;
import dev.activator.config.ProtectHome;
import dev.activator.config.ProtectSystem;
import dev.activator.config.SandboxDirectives;
import dev.activator.config.ServiceUnit;
import dev.activator.handoff.Capability;
import dev.activator.handoff.HostStep;
import dev.activator.handoff.Sandbox;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a service may see and do, as its unit says it and as a launch plan takes it; pure. systemd.exec(5). */
final class Confinement {
    private static final Set<Directive<?>> ROWS = Set.copyOf(SandboxDirectives.all());
    private static final List<String> SYSTEM = List.of("/usr", "-/boot", "-/efi");
    private static final List<String> HOMES = List.of("-/home", "-/root", "-/run/user");
    private static final List<String> TUNABLES = List.of(
            "-/proc/sys",
            "-/proc/sysrq-trigger",
            "-/proc/latency_stats",
            "-/proc/mtrr",
            "-/proc/apm",
            "-/proc/acpi",
            "-/proc/timer_stats",
            "-/proc/fs",
            "-/proc/irq",
            "/sys");
    private static final Map<Directive<Boolean>, List<String>> TAKEN = Map.of(
            SandboxDirectives.PROTECT_KERNEL_MODULES, List.of("sys_module"),
            SandboxDirectives.PROTECT_KERNEL_LOGS, List.of("syslog"),
            SandboxDirectives.PROTECT_CLOCK, List.of("sys_time", "wake_alarm"),
            SandboxDirectives.PRIVATE_DEVICES, List.of("mknod", "sys_rawio"));

    private final ServiceUnit unit;
    private final Sandbox sandbox = new Sandbox();

    private Confinement(ServiceUnit unit) {
        this.unit = unit;
    }

    /**
     * Where things lie that the host has for a service.
     *
     * @param workshop an empty directory that only we use
     * @param tmp the directory that is the service's /tmp, and the one for /var/tmp; null where it has none of its own
     * @param own directories that were made for it
     * @param mayDoWithout whether it starts unconfined where we may not confine it
     */
    record Places(String workshop, @Nullable Tmp tmp, List<String> own, boolean mayDoWithout) {
        /**
         * @param runtime the super-server's own directory where it lies in one of the two and would be hidden, with its notify socket
         * @param runtimeInside where that is to appear in the service's; both empty where nothing is hidden
         */
        record Tmp(String tmp, String varTmp, String runtime, String runtimeInside) {}

        /** For a service that is not confined. */
        static final Places NONE = new Places("", null, List.of(), false);

        boolean areNone() {
            return workshop.isEmpty();
        }
    }

    /** Whether its unit says anything of the kind, which most do not. */
    static boolean isWanted(ServiceUnit unit) {
        return unit.settings().isAnySet(ROWS);
    }

    /** The only capabilities that it may have; null for all. */
    static @Nullable Set<Capability> boundingSet(ServiceUnit unit) {
        Set<String> names = new LinkedHashSet<>(unit.get(SandboxDirectives.CAPABILITY_BOUNDING_SET));
        boolean isLess = unit.isSet(SandboxDirectives.CAPABILITY_BOUNDING_SET);
        for (Map.Entry<Directive<Boolean>, List<String>> each : TAKEN.entrySet()) {
            if (unit.get(each.getKey())) {
                isLess |= names.removeAll(each.getValue());
            }
        }
        return isLess ? capabilities(names) : null;
    }

    static Set<Capability> ambientSet(ServiceUnit unit) {
        return capabilities(unit.get(SandboxDirectives.AMBIENT_CAPABILITIES));
    }

    private static Set<Capability> capabilities(Set<String> names) {
        return names.stream().map(Capability::new).collect(Collectors.toSet());
    }

    /** What programs of the host do before it is executed. */
    static List<HostStep> steps(ServiceUnit unit, Places places) {
        List<HostStep> steps = new ArrayList<>();
        Confinement confinement = new Confinement(unit);
        confinement.build(places);
        if (!confinement.sandbox.isEmpty()) {
            steps.add(confinement.sandbox.step());
        }
        affinity(unit).ifPresent(steps::add);
        ioScheduling(unit).ifPresent(steps::add);
        cpuScheduling(unit).ifPresent(steps::add);
        return steps;
    }

    /** Whether it has a /tmp of its own. */
    static boolean hasOwnTmp(ServiceUnit unit) {
        return unit.get(SandboxDirectives.PRIVATE_TMP) || unit.get(SandboxDirectives.DYNAMIC_USER);
    }

    private void build(Places places) {
        // First, while the workshop can still be seen.
        if (isOn(SandboxDirectives.PRIVATE_DEVICES)) {
            sandbox.privateDevices(places.workshop());
        }
        mounts(places);
        namespaces();
        paths(SandboxDirectives.INACCESSIBLE_PATHS).forEach(sandbox::hide);
        protectHome();
        kernel();
        protectSystem(places);
        paths(SandboxDirectives.READ_ONLY_PATHS).forEach(sandbox::readOnly);
        paths(SandboxDirectives.READ_WRITE_PATHS).forEach(sandbox::writable);
    }

    private void mounts(Places places) {
        Places.Tmp tmp = places.tmp();
        if (tmp != null) {
            if (!tmp.runtime().isEmpty()) {
                sandbox.bind(tmp.runtime(), tmp.runtimeInside());
            }
            sandbox.need("PrivateTmp=").bind(tmp.tmp(), "/tmp").bind(tmp.varTmp(), "/var/tmp");
        }
        for (MountedPath each : unit.get(SandboxDirectives.TEMPORARY_FILE_SYSTEM)) {
            sandbox.need("TemporaryFileSystem=").tmpfs(each.target(), each.options());
        }
        for (MountedPath each : unit.get(SandboxDirectives.BIND_PATHS)) {
            sandbox.need("BindPaths=").bind((each.optional() ? "-" : "") + each.source(), each.target());
        }
        for (MountedPath each : unit.get(SandboxDirectives.BIND_READ_ONLY_PATHS)) {
            sandbox.need("BindReadOnlyPaths=")
                    .bind((each.optional() ? "-" : "") + each.source(), each.target())
                    .readOnly((each.optional() ? "-" : "") + each.target());
        }
        isOn(SandboxDirectives.PRIVATE_MOUNTS);
    }

    private void namespaces() {
        if (isOn(SandboxDirectives.PRIVATE_NETWORK)) {
            sandbox.namespace("net");
        }
        if (isOn(SandboxDirectives.PRIVATE_IPC)) {
            sandbox.namespace("ipc");
        }
        if (isOn(SandboxDirectives.PROTECT_HOSTNAME)) {
            sandbox.namespace("uts");
        }
    }

    private void protectHome() {
        ProtectHome wanted = unit.get(SandboxDirectives.PROTECT_HOME);
        boolean isImplied = wanted == ProtectHome.NO && unit.get(SandboxDirectives.DYNAMIC_USER);
        ProtectHome home = isImplied ? ProtectHome.READ_ONLY : wanted;
        if (home == ProtectHome.NO) {
            return;
        }
        sandbox.need(isImplied ? "DynamicUser=" : "ProtectHome=");
        for (String path : HOMES) {
            switch (home) {
                case YES -> sandbox.hide(path);
                case READ_ONLY -> sandbox.readOnly(path);
                case TMPFS -> sandbox.tmpfs(path, "mode=755,ro");
                case NO -> {}
            }
        }
    }

    private void kernel() {
        if (isOn(SandboxDirectives.PROTECT_KERNEL_TUNABLES)) {
            sandbox.hide("-/proc/kallsyms").hide("-/proc/kcore");
            TUNABLES.forEach(sandbox::readOnly);
            if (!unit.get(SandboxDirectives.PROTECT_CONTROL_GROUPS)) {
                sandbox.writable("-/sys/fs/cgroup");
            }
        }
        if (isOn(SandboxDirectives.PROTECT_CONTROL_GROUPS)) {
            sandbox.readOnly("-/sys/fs/cgroup");
        }
        if (isOn(SandboxDirectives.PROTECT_KERNEL_MODULES)) {
            sandbox.hide("-/usr/lib/modules").hide("-/lib/modules");
        }
        if (isOn(SandboxDirectives.PROTECT_KERNEL_LOGS)) {
            sandbox.hide("-/proc/kmsg").hide("-/dev/kmsg");
        }
    }

    private void protectSystem(Places places) {
        ProtectSystem wanted = unit.get(SandboxDirectives.PROTECT_SYSTEM);
        boolean isImplied = wanted != ProtectSystem.STRICT && unit.get(SandboxDirectives.DYNAMIC_USER);
        ProtectSystem system = isImplied ? ProtectSystem.STRICT : wanted;
        if (system == ProtectSystem.NO) {
            return;
        }
        sandbox.need(isImplied ? "DynamicUser=" : "ProtectSystem=");
        if (system == ProtectSystem.STRICT) {
            sandbox.readOnly("/");
            List.of("/dev", "/proc", "/sys").forEach(this::writableUnlessSaid);
            places.own().forEach(sandbox::writable);
            if (places.tmp() != null) {
                sandbox.writable("/tmp").writable("/var/tmp");
            }
            return;
        }
        SYSTEM.forEach(sandbox::readOnly);
        if (system == ProtectSystem.FULL) {
            sandbox.readOnly("/etc");
        }
    }

    private void writableUnlessSaid(String path) {
        boolean isSaid = path.equals("/sys") && unit.get(SandboxDirectives.PROTECT_KERNEL_TUNABLES);
        if (!isSaid) {
            sandbox.writable(path);
        }
    }

    private List<String> paths(Directive<List<String>> row) {
        List<String> paths = unit.get(row);
        if (!paths.isEmpty()) {
            sandbox.need(row.toString());
        }
        return paths;
    }

    private boolean isOn(Directive<Boolean> row) {
        boolean isOn = unit.get(row);
        if (isOn) {
            sandbox.need(row.toString());
        }
        return isOn;
    }

    private static Optional<HostStep> affinity(ServiceUnit unit) {
        List<String> processors = unit.get(SandboxDirectives.CPU_AFFINITY);
        return processors.isEmpty()
                ? Optional.empty()
                : Optional.of(new HostStep(
                        HostStep.Kind.CPU_AFFINITY,
                        List.of("--cpu-list", String.join(",", processors)),
                        SandboxDirectives.CPU_AFFINITY.toString()));
    }

    private static Optional<HostStep> ioScheduling(ServiceUnit unit) {
        boolean isSet = unit.isSet(SandboxDirectives.IO_SCHEDULING_CLASS)
                || unit.isSet(SandboxDirectives.IO_SCHEDULING_PRIORITY);
        if (!isSet) {
            return Optional.empty();
        }
        String name = unit.get(SandboxDirectives.IO_SCHEDULING_CLASS).orElse("best-effort");
        List<String> words = new ArrayList<>(List.of("--class", name));
        if (name.equals("best-effort") || name.equals("realtime")) {
            words.addAll(List.of("--classdata", Integer.toString(unit.get(SandboxDirectives.IO_SCHEDULING_PRIORITY))));
        }
        return Optional.of(
                new HostStep(HostStep.Kind.IO_SCHEDULING, words, SandboxDirectives.IO_SCHEDULING_CLASS.toString()));
    }

    private static Optional<HostStep> cpuScheduling(ServiceUnit unit) {
        boolean resets = unit.get(SandboxDirectives.CPU_SCHEDULING_RESET_ON_FORK);
        Optional<String> policy = unit.get(SandboxDirectives.CPU_SCHEDULING_POLICY);
        if (policy.isEmpty() && !resets) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        if (resets) {
            words.add("--reset-on-fork");
        }
        String name = policy.orElse("other");
        words.add("--" + name);
        boolean isRealtime = name.equals("fifo") || name.equals("rr");
        int priority = unit.get(SandboxDirectives.CPU_SCHEDULING_PRIORITY);
        words.add(isRealtime ? Integer.toString(Math.max(1, priority)) : "0");
        return Optional.of(
                new HostStep(HostStep.Kind.CPU_SCHEDULING, words, SandboxDirectives.CPU_SCHEDULING_POLICY.toString()));
    }
}
