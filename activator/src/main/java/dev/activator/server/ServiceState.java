package dev.activator.server;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The states of one instance of a service. Each declares the timer that runs while it lasts and the words shown for it. */
enum ServiceState {
    /** No process, nothing planned. */
    DEAD(Timeout.NONE, "inactive", "dead"),
    /** ExecCondition= or ExecStartPre= runs. */
    PRE_START(Timeout.START, "activating", "start-pre"),
    /** The main process was launched and is not ready yet. */
    STARTING(Timeout.START, "activating", "start"),
    /** ExecStartPost= runs. */
    POST_START(Timeout.START, "activating", "start-post"),
    /** Ready, the main process runs. */
    READY(Timeout.RUNTIME, "active", "running"),
    /** Ready without a process: RemainAfterExit=. */
    EXITED(Timeout.NONE, "active", "exited"),
    /** ExecReload= runs. */
    RELOADING(Timeout.START, "reloading", "reload"),
    /** Its processes are made to stand still, to look once more whether anybody uses it. */
    FREEZING(Timeout.NONE, "active", "freezing"),
    /** It sleeps with its processes in memory; the next connection thaws it. */
    FROZEN(Timeout.FROZEN, "active", "frozen"),
    /** ExecStop= runs. */
    STOPPING(Timeout.STOP, "deactivating", "stop"),
    /** KillSignal= was sent. */
    TERMINATING(Timeout.STOP, "deactivating", "stop-sigterm"),
    /** FinalKillSignal= was sent. */
    KILLING(Timeout.STOP, "deactivating", "stop-sigkill"),
    /** ExecStopPost= runs. */
    POST_STOP(Timeout.STOP, "deactivating", "stop-post"),
    /** Dead; a timer starts it again: Restart=, or a passing shortage. */
    BACKING_OFF(Timeout.RESTART, "activating", "auto-restart"),
    /** Dead after a failure. */
    FAILED(Timeout.NONE, "failed", "failed");

    /** Which of the unit's timers runs while a state lasts. */
    enum Timeout {
        NONE,
        START,
        RUNTIME,
        STOP,
        RESTART,
        FROZEN
    }

    private final Timeout timeout;
    private final String activeState;
    private final String subState;

    ServiceState(Timeout timeout, String activeState, String subState) {
        this.timeout = timeout;
        this.activeState = activeState;
        this.subState = subState;
    }

    Timeout timeout() {
        return timeout;
    }

    /** systemd's coarse word: inactive, activating, active, reloading, deactivating, failed. */
    String activeState() {
        return activeState;
    }

    String subState() {
        return subState;
    }

    /** No process is left and none is planned. */
    boolean isDown() {
        return this == DEAD || this == FAILED;
    }

    boolean isStarting() {
        return this == PRE_START || this == STARTING || this == POST_START;
    }

    boolean isUp() {
        return this == READY || this == EXITED || this == RELOADING || isHeldStill();
    }

    /** Its processes have the CPU taken from them, or are about to. */
    boolean isHeldStill() {
        return this == FREEZING || this == FROZEN;
    }

    /** Nothing of it runs, so that its sockets are to be watched for who wakes it. */
    boolean isAsleep() {
        return isDown() || this == FROZEN;
    }

    boolean isGoingDown() {
        return this == STOPPING || this == TERMINATING || this == KILLING || this == POST_STOP;
    }

    /**
     * The states that may follow; the table in docs/state-machines.md. A phase without commands is passed over, so that a start may
     * lead right into what comes after it.
     */
    Set<ServiceState> successors() {
        return Successors.OF.getOrDefault(this, Set.of());
    }

    /** Made once: each connection asks for several. */
    private static final class Successors {
        private static final Map<ServiceState, Set<ServiceState>> OF = new EnumMap<>(ServiceState.class);

        static {
            for (ServiceState state : values()) {
                OF.put(state, state.mayFollow());
            }
        }
    }

    private Set<ServiceState> mayFollow() {
        return switch (this) {
            case DEAD -> started(BACKING_OFF, FAILED);
            case FAILED, BACKING_OFF -> started(BACKING_OFF, FAILED, DEAD);
            case PRE_START -> EnumSet.of(STARTING, POST_START, EXITED, STOPPING, TERMINATING, BACKING_OFF);
            case STARTING -> EnumSet.of(STARTING, POST_START, READY, EXITED, STOPPING, TERMINATING, BACKING_OFF);
            case POST_START -> EnumSet.of(READY, EXITED, STOPPING, TERMINATING);
            case READY -> EnumSet.of(RELOADING, EXITED, FREEZING, STOPPING, TERMINATING);
            case FREEZING -> EnumSet.of(READY, FROZEN, EXITED, STOPPING, TERMINATING, KILLING);
            case FROZEN -> EnumSet.of(READY, FREEZING, EXITED, STOPPING, TERMINATING);
            case EXITED -> EnumSet.of(STOPPING, TERMINATING);
            case RELOADING -> EnumSet.of(READY, EXITED, STOPPING, TERMINATING);
            case STOPPING -> EnumSet.of(TERMINATING);
            case TERMINATING -> started(FREEZING, KILLING, POST_STOP, DEAD, FAILED, BACKING_OFF);
            case KILLING -> started(POST_STOP, DEAD, FAILED, BACKING_OFF);
            case POST_STOP -> started(DEAD, FAILED, BACKING_OFF);
        };
    }

    /** Where the beginning of a start may lead, and those states besides. */
    private static Set<ServiceState> started(ServiceState... others) {
        Set<ServiceState> states = EnumSet.of(PRE_START, STARTING, POST_START, EXITED, STOPPING, TERMINATING);
        states.addAll(Set.of(others));
        return states;
    }
}
