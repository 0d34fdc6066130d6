package dev.activator.control;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * All that the control API can show and ask for; the server implements it. Every method may be called from any thread, returns at once,
 * and throws nothing for an unknown unit. What is shown comes from immutable snapshots; requests are carried out on the loop.
 */
public interface Operations {

    /** The super-server as a whole. */
    ServerStatus server();

    /**
     * Every unit that is loaded, masked or failed, instances included, sorted by name; one entry a unit. Leaves out what costs a file
     * read or much memory, so that a list of thousands stays cheap: directives are empty, memory and processes may be.
     */
    List<UnitStatus> units();

    /** One unit in full, by its name or an alias; empty if no file and no instance has that name. */
    Optional<UnitStatus> unit(String name);

    /**
     * Carries out a request, on the loop. Completes when the units have reached what was asked for or have failed to, with one outcome
     * per unit named and in their order; never exceptionally for a reason that the person who asked could mend.
     */
    CompletionStage<Outcome> request(Request request);

    /** The starts and stops that are under way, oldest first. */
    List<JobStatus> jobs();

    /** The unit's files as {@code systemctl cat} shows them, each with its path as a comment above; empty if there is no such unit. */
    Optional<String> cat(String name);

    /**
     * Remembered runs, latest first; reads files, so it may take a moment.
     *
     * @param unit a service; null for all
     */
    List<PastRun> runs(@Nullable String unit);

    /** What was saved from then on; reads files, so it may take a moment. */
    SavingsReport savings(Instant since);

    /** What happens. */
    EventFeed events();

    /**
     * All metrics there are now.
     *
     * @param accept formats that are welcome, as in the header of that name
     */
    MetricsText metrics(String accept);

    /** The file that the unit's output is being written to; rotation renames it. Empty if the unit has written nothing yet. */
    Optional<Path> logFile(String name);
}
