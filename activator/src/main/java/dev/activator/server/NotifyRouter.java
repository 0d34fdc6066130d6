package dev.activator.server;

import dev.activator.config.NotifyAccess;
import dev.activator.config.ServiceDirectives;
import dev.activator.handoff.ForeignFds;
import dev.activator.handoff.NotifyListener;
import dev.activator.handoff.NotifyMessage;
import dev.activator.handoff.NotifySender;
import dev.activator.handoff.ProcessCgroup;
import dev.activator.listener.OwnedFd;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Finds whose process sent a notification and passes it on if NotifyAccess= lets it. sd_notify(3). */
final class NotifyRouter implements NotifyListener {
    private static final int OWN_NAMES = 3;

    private final Supplier<Collection<ServiceInstance>> instances;
    private final EventLog log;
    private final IntFunction<String> cgroups;
    /** By the latest main process, the run of which it was said that some of its notifications are ignored. */
    private final Map<ServiceInstance, Integer> complained = new WeakHashMap<>();

    NotifyRouter(Supplier<Collection<ServiceInstance>> instances, EventLog log) {
        this(instances, log, ProcessCgroup::of);
    }

    /** @param cgroups tells where a process is in the hierarchy, as {@link ProcessCgroup} does */
    NotifyRouter(Supplier<Collection<ServiceInstance>> instances, EventLog log, IntFunction<String> cgroups) {
        this.instances = instances;
        this.log = log;
        this.cgroups = cgroups;
    }

    @Override
    public void onMessage(NotifySender sender, NotifyMessage message, List<OwnedFd> fds) {
        try {
            route(sender, message, fds);
        } finally {
            // Whoever has kept one has moved it.
            fds.forEach(ForeignFds::refuse);
        }
    }

    private void route(NotifySender sender, NotifyMessage message, List<OwnedFd> fds) {
        Integer pid = sender.pid();
        for (ServiceInstance instance : instances.get()) {
            ServiceProcesses processes = instance.processes();
            if (pid.equals(processes.mainPid()) || pid.equals(processes.controlPid())) {
                deliver(instance, pid, message, fds);
                return;
            }
        }
        String cgroup = cgroups.apply(pid);
        for (ServiceInstance instance : instances.get()) {
            boolean hasProcesses = !instance.state().isDown() && instance.state() != ServiceState.BACKING_OFF;
            if (hasProcesses
                    && mayBeIn(instance.processes(), cgroup)
                    && instance.processes().pids().contains(pid)) {
                deliver(instance, pid, message, fds);
                return;
            }
        }
    }

    /**
     * Whether it is worth looking for a process of that cgroup among them. Anybody may send, and a look at each service's processes for each
     * message would take the loop from the others. A cgroup of the same name elsewhere deserves a look, too, and no more.
     */
    private static boolean mayBeIn(ServiceProcesses processes, String cgroup) {
        return processes
                .cgroupDirectory()
                .map(directory -> (cgroup + "/").contains("/" + ownNames(directory) + "/"))
                .orElse(true);
    }

    /** {@code activator-main/web.service/1}: what lies above may be named otherwise in /proc than where it is mounted. */
    private static Path ownNames(Path directory) {
        int count = directory.getNameCount();
        return directory.subpath(Math.max(0, count - OWN_NAMES), count);
    }

    private void deliver(ServiceInstance instance, Integer pid, NotifyMessage message, List<OwnedFd> fds) {
        NotifyAccess access = instance.unit().get(ServiceDirectives.NOTIFY_ACCESS);
        ServiceProcesses processes = instance.processes();
        boolean counts = switch (access) {
            case NONE -> false;
            case MAIN -> pid.equals(processes.mainPid());
            case EXEC -> pid.equals(processes.mainPid()) || pid.equals(processes.controlPid());
            case ALL -> true;
        };
        if (counts) {
            instance.onNotify(message, fds);
        } else {
            complain(instance, pid, access);
        }
    }

    /** Once a run: a process may send thousands. */
    private void complain(ServiceInstance instance, Integer pid, NotifyAccess access) {
        Integer run = Objects.requireNonNullElse(instance.processes().lastMainPid(), 0);
        if (!run.equals(complained.put(instance, run))) {
            log.warn(
                    instance.name(),
                    "notification of process " + pid + " ignored, NotifyAccess=" + access.word()
                            + " does not allow it; further ones are ignored without a word");
        }
    }
}
