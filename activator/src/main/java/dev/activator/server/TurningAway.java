package dev.activator.server;

import dev.activator.config.Treatment;
import dev.activator.listener.Farewells;
import dev.activator.listener.OwnedFd;
import org.jspecify.annotations.Nullable;

/** Gives clients that are not served what one setting says. WhileSuspended=, OnLimit=. */
final class TurningAway {
    private static final int MOST_BYTES = 64 * 1024;

    private final Farewells farewells;
    private final Treatment treatment;
    private final @Nullable AnswerFile file;

    TurningAway(Farewells farewells, Treatment treatment) {
        this.farewells = farewells;
        this.treatment = treatment;
        this.file = treatment instanceof Treatment.Answer answer ? new AnswerFile(answer.file(), MOST_BYTES) : null;
    }

    /** Whether clients wait in the queue, so that there is nothing to give them. */
    boolean isHold() {
        return treatment instanceof Treatment.Hold;
    }

    /** What is wrong with the file; empty where nothing is, or there is none. */
    String trouble(long now) {
        return file == null || file.bytes(now) != null ? "" : file.trouble();
    }

    /** Owns the connection. */
    void turnAway(OwnedFd connection, long now) {
        byte[] text = file == null ? null : file.bytes(now);
        if (text != null) {
            farewells.answer(connection, text);
        } else if (treatment instanceof Treatment.Reset) {
            farewells.reset(connection);
        } else {
            connection.close();
        }
    }
}
