package dev.activator.server;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The states of one socket unit's activation. A state declares what it holds: whether the listeners are open, whether the loop watches
 * them, and which timer runs.
 */
enum SocketState {
    /** Not started, or stopped. */
    CLOSED(Fds.CLOSED, Watching.OFF, "inactive", "dead"),
    /** ExecStartPre= runs. */
    START_PRE(Fds.CLOSED, Watching.OFF, "activating", "start-pre"),
    /** ExecStartPost= runs; the listeners are open, and clients wait in their queues. */
    START_POST(Fds.OPEN, Watching.OFF, "activating", "start-post"),
    /** ExecStopPre= runs. */
    STOP_PRE(Fds.OPEN, Watching.OFF, "deactivating", "stop-pre"),
    /** ExecStopPost= runs. */
    STOP_POST(Fds.CLOSED, Watching.OFF, "deactivating", "stop-post"),
    /** Wanted, but a bind failed for a reason that may pass; a timer tries again. */
    UNBOUND(Fds.CLOSED, Watching.OFF, "activating", "start-open"),
    /** Waiting for the first connection, or with {@code Accept=yes} for the next one. */
    LISTENING(Fds.OPEN, Watching.ON, "active", "listening"),
    /** The service owns the backlog ({@code Accept=no}). */
    TRIGGERED(Fds.OPEN, Watching.OFF, "active", "running"),
    /** MaxConnections= reached ({@code Accept=yes}); further connections wait in the kernel's queue until one ends. */
    FULL(Fds.OPEN, Watching.OFF, "active", "full"),
    /** An operator has ordered that clients wait: {@code hold}, {@code drain}. */
    HELD(Fds.OPEN, Watching.OFF, "active", "held"),
    /** Somebody is connected who says nothing (WakeOn=first-byte, {@code Accept=no}); a timer looks again. */
    QUIET(Fds.OPEN, Watching.OFF, "active", "listening"),
    /** A limit, a shortage or the back-off of a failing service; clients wait in the kernel's queue and a timer resumes. */
    SUSPENDED(Fds.OPEN, Watching.OFF, "active", "suspended"),
    /** The same under WhileSuspended=reset or answer: clients are accepted and told. */
    REFUSING(Fds.OPEN, Watching.ON, "active", "suspended"),
    /** Ended for good: a bind that cannot heal, or a limit under FailureMode=systemd. Only an operator's start leaves it. */
    FAILED(Fds.CLOSED, Watching.OFF, "failed", "failed");

    /** Whether the unit's listeners are open. */
    enum Fds {
        OPEN,
        CLOSED
    }

    /** Whether the loop watches the unit's listeners. */
    enum Watching {
        ON,
        OFF
    }

    private final Fds fds;
    private final Watching watching;
    private final String activeState;
    private final String subState;

    SocketState(Fds fds, Watching watching, String activeState, String subState) {
        this.fds = fds;
        this.watching = watching;
        this.activeState = activeState;
        this.subState = subState;
    }

    boolean isOpen() {
        return fds == Fds.OPEN;
    }

    boolean isWatched() {
        return watching == Watching.ON;
    }

    /** Whether the activation rests until a timer resumes it. */
    boolean isSuspended() {
        return this == SUSPENDED || this == REFUSING;
    }

    /** systemd's coarse word: inactive, activating, active, failed. */
    String activeState() {
        return activeState;
    }

    String subState() {
        return subState;
    }

    /** The states that may follow; the table in docs/state-machines.md. */
    Set<SocketState> successors() {
        return Successors.OF.getOrDefault(this, Set.of());
    }

    /** Made once: a start of thousands of units asks for each. */
    private static final class Successors {
        private static final Map<SocketState, Set<SocketState>> OF = new EnumMap<>(SocketState.class);

        static {
            for (SocketState state : values()) {
                OF.put(state, state.mayFollow());
            }
        }
    }

    private Set<SocketState> mayFollow() {
        return switch (this) {
            case CLOSED, START_PRE -> opened();
            case UNBOUND, FAILED -> opened();
            case START_POST -> EnumSet.of(LISTENING, TRIGGERED, HELD, STOP_PRE, STOP_POST, FAILED, CLOSED);
            case STOP_PRE -> EnumSet.of(STOP_POST, FAILED, CLOSED);
            case STOP_POST -> EnumSet.of(FAILED, CLOSED);
            case LISTENING -> stopped(TRIGGERED, FULL, QUIET, HELD, SUSPENDED, REFUSING, UNBOUND, FAILED);
            case TRIGGERED -> stopped(LISTENING, HELD, SUSPENDED, REFUSING, FAILED);
            case FULL -> stopped(LISTENING, HELD, SUSPENDED, REFUSING);
            case QUIET -> stopped(LISTENING, TRIGGERED, HELD);
            case HELD -> stopped(LISTENING, TRIGGERED);
            case SUSPENDED -> stopped(LISTENING, TRIGGERED, HELD, REFUSING);
            case REFUSING -> stopped(LISTENING, TRIGGERED, HELD, SUSPENDED, UNBOUND);
        };
    }

    /** Where the beginning of a start may lead. */
    private static Set<SocketState> opened() {
        return EnumSet.of(START_PRE, START_POST, LISTENING, TRIGGERED, HELD, UNBOUND, FAILED, CLOSED);
    }

    /** Where the beginning of a stop may lead, and those states besides. */
    private static Set<SocketState> stopped(SocketState... others) {
        Set<SocketState> states = EnumSet.of(STOP_PRE, STOP_POST, CLOSED);
        states.addAll(Set.of(others));
        return states;
    }

    /** Whether it has to run a command before it is where it is to be. */
    boolean isUnderWay() {
        return this == START_PRE || this == START_POST || this == STOP_PRE || this == STOP_POST;
    }
}
