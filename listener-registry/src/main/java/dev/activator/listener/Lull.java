package dev.activator.listener;

import java.time.Duration;

/**
 * Notices when something that happens often has not happened for a while: once after each spell of it, between one and two waiting times
 * after its last. While nothing happens there is no timer. For the loop's thread.
 */
public final class Lull {
    private final Loop loop;
    private final Duration quiet;
    private final String purpose;
    private final Runnable over;
    private boolean isSpell;
    private boolean isStirred;

    /**
     * Notices nothing yet.
     *
     * @param quiet the waiting time
     * @param purpose what is done when a spell is over, as a failure of it names it
     * @param over what is done, on the loop; must not block
     */
    public Lull(Loop loop, Duration quiet, String purpose, Runnable over) {
        this.loop = loop;
        this.quiet = quiet;
        this.purpose = purpose;
        this.over = over;
    }

    /** It happens. */
    public void stir() {
        isStirred = true;
        if (!isSpell) {
            isSpell = true;
            look();
        }
    }

    private void look() {
        if (isStirred) {
            isStirred = false;
            loop.after(quiet, purpose, this::look);
        } else {
            isSpell = false;
            over.run();
        }
    }
}
