package dev.activator.server;

import dev.activator.config.ExecDirectives;
import dev.activator.config.ServiceUnit;
import dev.activator.config.StandardInput;
import dev.activator.config.StandardOutput;
import dev.activator.handoff.FdMapping;
import dev.activator.listener.BorrowedFd;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the three standard streams of a process go; null is /dev/null. A terminal is not for services that a super-server starts: it
 * counts as /dev/null. systemd.exec(5) StandardInput=, StandardOutput=, StandardError=.
 */
record StreamPlan(
        @Nullable FdMapping input,
        @Nullable FdMapping output,
        @Nullable FdMapping error) {

    static StreamPlan of(ServiceUnit unit, LaunchInputs inputs) {
        FdMapping.Blocking blocking = LaunchPlanner.blocking(unit);
        FdMapping input = mapping(0, inputFd(unit.get(ExecDirectives.STANDARD_INPUT), inputs), inputs, blocking);
        FdMapping output =
                mapping(1, outputFd(1, unit.get(ExecDirectives.STANDARD_OUTPUT), inputs, fd(input)), inputs, blocking);
        FdMapping error =
                mapping(2, outputFd(2, unit.get(ExecDirectives.STANDARD_ERROR), inputs, fd(output)), inputs, blocking);
        return new StreamPlan(input, output, error);
    }

    List<FdMapping> mappings() {
        List<FdMapping> mappings = new ArrayList<>();
        for (FdMapping mapping : new FdMapping[] {input, output, error}) {
            if (mapping != null) {
                mappings.add(mapping);
            }
        }
        return mappings;
    }

    private static @Nullable BorrowedFd fd(@Nullable FdMapping mapping) {
        return mapping == null ? null : mapping.fd();
    }

    private static @Nullable FdMapping mapping(
            int target, @Nullable BorrowedFd fd, LaunchInputs inputs, FdMapping.Blocking ofSockets) {
        if (fd == null) {
            return null;
        }
        boolean isSocket = false;
        for (PassedSocket socket : inputs.sockets()) {
            isSocket |= socket.fd().equals(fd);
        }
        boolean isFile = inputs.files().containsValue(fd);
        FdMapping.Blocking ofOthers = isFile ? FdMapping.Blocking.BLOCKING : FdMapping.Blocking.AS_IS;
        return new FdMapping(target, fd, isSocket ? ofSockets : ofOthers);
    }

    private static @Nullable BorrowedFd inputFd(StandardInput input, LaunchInputs inputs) {
        if (input instanceof StandardInput.Socket) {
            return onlySocket(inputs);
        }
        if (input instanceof StandardInput.Fd named) {
            return socketNamed(named.name(), inputs);
        }
        return inputs.files().get(0);
    }

    private static @Nullable BorrowedFd outputFd(
            int target, StandardOutput output, LaunchInputs inputs, @Nullable BorrowedFd inherited) {
        if (output instanceof StandardOutput.Socket) {
            return onlySocket(inputs);
        }
        if (output instanceof StandardOutput.Fd named) {
            return socketNamed(named.name(), inputs);
        }
        if (output instanceof StandardOutput.Inherit) {
            return inherited;
        }
        if (output instanceof StandardOutput.File) {
            return inputs.files().get(target);
        }
        boolean isNowhere = output instanceof StandardOutput.Null || output instanceof StandardOutput.Tty;
        return isNowhere ? null : inputs.output();
    }

    private static @Nullable BorrowedFd onlySocket(LaunchInputs inputs) {
        return inputs.sockets().isEmpty() ? null : inputs.sockets().get(0).fd();
    }

    private static @Nullable BorrowedFd socketNamed(String name, LaunchInputs inputs) {
        return inputs.sockets().stream()
                .filter(socket -> socket.name().equals(name))
                .map(PassedSocket::fd)
                .findFirst()
                .orElse(null);
    }
}
