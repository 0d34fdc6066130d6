package dev.activator.server;

import dev.activator.config.NotifyAccess;
import dev.activator.config.ServiceDirectives;
import dev.activator.handoff.ForeignFds;
import dev.activator.handoff.NotifyListener;
import dev.activator.handoff.NotifyMessage;
import dev.activator.handoff.NotifySender;
import dev.activator.listener.OwnedFd;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Finds whose process sent a notification and passes it on if NotifyAccess= lets it. sd_notify(3). */
final class NotifyRouter implements NotifyListener {
    private final Supplier<Collection<ServiceInstance>> instances;
    private final EventLog log;

    NotifyRouter(Supplier<Collection<ServiceInstance>> instances, EventLog log) {
        this.instances = instances;
        this.log = log;
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
        for (ServiceInstance instance : instances.get()) {
            boolean hasProcesses = !instance.state().isDown() && instance.state() != ServiceState.BACKING_OFF;
            if (hasProcesses && instance.processes().pids().contains(pid)) {
                deliver(instance, pid, message, fds);
                return;
            }
        }
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
            log.warn(
                    instance.name(),
                    "notification of process " + pid + " ignored, NotifyAccess=" + access.word()
                            + " does not allow it");
        }
    }
}
