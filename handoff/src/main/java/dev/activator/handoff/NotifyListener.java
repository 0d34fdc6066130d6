package dev.activator.handoff;

import dev.activator.listener.OwnedFd;
import java.util.List;

/** Told of each notification, on the loop's thread. */
@FunctionalInterface
public interface NotifyListener {

    /**
     * One message that a service sent.
     *
     * @param fds what came along to be stored (FDSTORE=1), now the listener's to close; empty for every other message
     */
    void onMessage(NotifySender sender, NotifyMessage message, List<OwnedFd> fds);
}
