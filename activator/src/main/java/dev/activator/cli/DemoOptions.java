package dev.activator.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What {@code demo} was asked for.
 *
 * @param services how many services to declare, at least {@value #FEWEST}
 * @param pauses whether to leave time for reading between the steps
 * @param json whether to print nothing but the measured figures
 * @param written directory to write the unit files into instead of touring; null to tour
 */
public record DemoOptions(
        int services,
        boolean pauses,
        boolean json,
        @Nullable Path written) {
    /** One of each kind. */
    public static final int FEWEST = 3;

    /** As many as there are port numbers and file descriptors for without asking anybody for more. */
    public static final int MOST = 500;

    public DemoOptions {
        if (services < FEWEST || services > MOST) {
            throw new IllegalArgumentException("services must be " + FEWEST + ".." + MOST + ", not " + services);
        }
    }
}
