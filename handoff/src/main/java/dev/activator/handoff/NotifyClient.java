package dev.activator.handoff;

import dev.activator.handoff.kernel.UnixDatagrams;
import dev.activator.listener.Errno;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.SystemCallException;
import java.util.Map;
import java.util.Optional;

/** Tells the manager that started this process how it is doing. sd_notify(3). Holds nothing open. */
public final class NotifyClient {
    private final String address;

    private NotifyClient(String address) {
        this.address = address;
    }

    /** From NOTIFY_SOCKET; empty where nobody wants to know, or listens on something other than a Unix socket. */
    public static Optional<NotifyClient> of(Map<String, String> environment) {
        String address = environment.getOrDefault("NOTIFY_SOCKET", "");
        boolean isUnix = address.length() > 1 && (address.startsWith("/") || address.startsWith("@"));
        return isUnix ? Optional.of(new NotifyClient(address)) : Optional.empty();
    }

    /**
     * Sends one datagram and does not wait.
     *
     * @throws SystemCallException where the manager's socket is gone or full
     */
    public void send(NotifyMessage message) {
        int number = UnixDatagrams.open(false);
        if (number < 0) {
            throw new SystemCallException("socket", new Errno(-number), address);
        }
        try (OwnedFd fd = OwnedFd.adopt(number, "notification to " + address)) {
            int sent = UnixDatagrams.send(fd.number(), message.encode(), address);
            if (sent < 0) {
                throw new SystemCallException("sendto", new Errno(-sent), address);
            }
        }
    }
}
