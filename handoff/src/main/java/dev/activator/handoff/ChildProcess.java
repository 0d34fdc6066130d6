package dev.activator.handoff;

import dev.activator.config.Signal;
import java.util.List;
import java.util.function.Consumer;

/**
 * One process that the super-server watches: one it launched, or one it adopted. For the loop's thread. Its exit is collected
 * whatever happens to this object, so that no zombie is left.
 */
public interface ChildProcess extends AutoCloseable {

    int pid();

    /**
     * Sends the signal to this process alone, by its pidfd: never to another that got its number. Nothing once it has exited.
     *
     * @throws dev.activator.listener.SystemCallException where we may not: it has rights above ours by now (EPERM)
     */
    void signal(Signal signal);

    /** Sends the signal to all of the process group that it leads, itself included; nothing once it has exited. */
    void signalGroup(Signal signal);

    /**
     * Whether it runs the planned program by now rather than a stage of the chain that leads there; Type=exec. Stays as it was
     * last once the process has exited.
     */
    boolean hasExecuted();

    /** Told once, on the loop's thread, when it exits; at once where it has exited already. The last one given counts. */
    void onExit(Consumer<ExitStatus> listener);

    /** What the plan asked for and the host does not allow, such as a limit above our own; each a sentence, mostly empty. */
    default List<String> deviations() {
        return List.of();
    }

    /** Forgets the listener; the exit is still collected. Sends no signal. */
    @Override
    void close();
}
