package dev.activator.server;

import dev.activator.config.AccessDirectives;
import dev.activator.config.SocketUnit;
import dev.activator.config.WakeOn;
import dev.activator.listener.Listener;
import dev.activator.listener.QueueContent;
import java.time.Duration;

/** WakeOn=first-byte of an {@code Accept=no} unit: looks into the queue before anything is woken. */
final class FirstBytes {
    private final Backoff quiet = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

    /** What waits in the queue: {@code BYTES} is a reason to wake. {@code told} is told of those who went without a word. */
    QueueContent look(SocketUnit unit, Listener listener, Admission told) {
        if (unit.get(AccessDirectives.WAKE_ON) == WakeOn.CONNECTION) {
            return QueueContent.BYTES;
        }
        QueueContent content = listener.queueContent();
        if (content == QueueContent.PROBES) {
            told.countProbes(listener.discardProbes());
        }
        // So many silent ones that they could fill the queue are for the service to time out.
        boolean crowds = content == QueueContent.SILENT
                && 2 * listener.pendingConnections() >= Math.max(2, listener.effectiveBacklog());
        if (content == QueueContent.BYTES || crowds) {
            quiet.reset();
            return QueueContent.BYTES;
        }
        return content;
    }

    /** Time to the next look while somebody is connected and silent. */
    Duration untilNextLook() {
        return quiet.next();
    }
}
