package dev.activator.server;

import dev.activator.config.AccessDirectives;
import dev.activator.config.SocketDirectives;
import dev.activator.config.SocketUnit;
import dev.activator.config.WakeOn;
import dev.activator.listener.Accepted;
import dev.activator.listener.Listener;
import dev.activator.listener.Peer;
import dev.activator.listener.WaitingRoom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Takes the connections of one unit, and decides about each: served, sent away, or asked to speak first. The machine decides when; what is
 * decided here holds for one client. Of an {@code Accept=no} unit it takes only those that are sent away while the activation rests.
 */
final class Admission {
    /** Connections accepted before the loop gets to see anything else. */
    private static final int ACCEPTS_PER_TURN = 64;

    private static final int MOST_BANNER_BYTES = 8 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Surroundings surroundings;
    private final Reception reception;
    private final Door door;
    private final ConnectionLedger ledger;
    private final Sayings<RefusalCause> sayings = new Sayings<>(RefusalCause.class);
    private final Deque<Ready> ready = new ArrayDeque<>();
    private SocketUnit unit;
    private AccessControl access;
    private @Nullable SourceRates sourceRates;
    private TurningAway overLimit;
    private TurningAway whileSuspended;
    private @Nullable AnswerFile banner;

    /** One that has spoken while the unit was full. */
    private record Ready(Listener listener, Accepted.Connection connection) {}

    /** The machine that this works for. */
    interface Door {
        /** Whether one more may be taken now; where not, the machine has done what that asks for. */
        boolean isOpen();

        /** MaxConnections= is reached, and clients wait. */
        void full();

        /** Nothing can be accepted. */
        void cannotAccept(String why);

        /** Hands the connection over, and counts it as a trigger; false where nobody takes it. */
        boolean serve(Listener listener, Accepted.Connection connection);
    }

    Admission(SocketUnit unit, Surroundings surroundings, Reception reception, Door door, ConnectionLedger ledger) {
        this.surroundings = surroundings;
        this.reception = reception;
        this.door = door;
        this.ledger = ledger;
        take(unit);
    }

    /** Decides by the unit's new declaration from now on; who waits goes on waiting. */
    void redeclare(SocketUnit declared) {
        take(declared);
    }

    private void take(SocketUnit declared) {
        unit = declared;
        access = new AccessControl(declared, reception.accounts(), this::warn);
        sourceRates = declared.get(AccessDirectives.CONNECTION_RATE_PER_SOURCE)
                .map(SourceRates::new)
                .orElse(null);
        overLimit = new TurningAway(reception.farewells(), declared.get(AccessDirectives.ON_LIMIT));
        whileSuspended = new TurningAway(reception.farewells(), declared.get(AccessDirectives.WHILE_SUSPENDED));
        banner = declared.get(AccessDirectives.BANNER)
                .map(path -> new AnswerFile(path, MOST_BANNER_BYTES))
                .orElse(null);
        reportFiles();
    }

    private void reportFiles() {
        long now = surroundings.nanoTime();
        warnOf("WhileSuspended=", whileSuspended.trouble(now), "closing connections without an answer");
        warnOf("OnLimit=", overLimit.trouble(now), "closing connections without an answer");
        if (banner != null && banner.bytes(now) == null) {
            warnOf("Banner=", banner.trouble(), "clients get none");
        }
    }

    private void warnOf(String setting, String trouble, String consequence) {
        if (!trouble.isEmpty()) {
            warn(setting + " " + trouble + ", " + consequence);
        }
    }

    private void warn(String text) {
        surroundings.log().warn(unit.name(), text);
    }

    /** Whether clients wait in the queue while the activation rests. */
    boolean holdsWhileSuspended() {
        return whileSuspended.isHold();
    }

    /** Takes what is queued, as long as the door is open. */
    void acceptSome(Listener listener) {
        for (int i = 0; i < ACCEPTS_PER_TURN && door.isOpen(); i++) {
            if (isFull() && overLimit.isHold()) {
                door.full();
                return;
            }
            if (!acceptOne(listener, false)) {
                return;
            }
        }
    }

    /** Sends away what is queued, since the activation rests. */
    void turnAwaySome(Listener listener) {
        for (int i = 0; i < ACCEPTS_PER_TURN; i++) {
            if (!acceptOne(listener, true)) {
                return;
            }
        }
    }

    /** False where there is nothing more to accept now. */
    private boolean acceptOne(Listener listener, boolean isSuspended) {
        Accepted accepted = listener.accept();
        if (accepted instanceof Accepted.Connection connection) {
            if (isSuspended) {
                refuse(connection, RefusalCause.SUSPENDED, whileSuspended, "activation is suspended");
            } else {
                admit(listener, connection);
            }
            return true;
        }
        if (accepted instanceof Accepted.Shortage lack) {
            door.cannotAccept(lack.errno() + ", clients wait in the queue");
        } else if (accepted instanceof Accepted.Broken broken) {
            door.cannotAccept(broken.errno() + ", trying again");
        }
        return accepted instanceof Accepted.PeerGone;
    }

    private void admit(Listener listener, Accepted.Connection connection) {
        Peer peer = connection.peer();
        int perSource = unit.get(SocketDirectives.MAX_CONNECTIONS_PER_SOURCE);
        if (!access.admits(peer)) {
            refuse(connection, RefusalCause.ACCESS, null, "AllowFrom= and DenyFrom= keep " + peer.display() + " out");
        } else if (isFull()) {
            String limit = "MaxConnections=" + unit.get(SocketDirectives.MAX_CONNECTIONS) + " reached";
            refuse(connection, RefusalCause.MAX_CONNECTIONS, overLimit, limit);
        } else if (perSource > 0 && ledger.count(peer.sourceKey()) >= perSource) {
            String limit = "MaxConnectionsPerSource=" + perSource + " reached by " + peer.sourceKey();
            refuse(connection, RefusalCause.MAX_CONNECTIONS_PER_SOURCE, overLimit, limit);
        } else if (sourceRates != null && !sourceRates.admit(peer, surroundings.nanoTime())) {
            String limit = "ConnectionRatePerSource= reached by " + peer.sourceKey();
            refuse(connection, RefusalCause.CONNECTION_RATE_PER_SOURCE, overLimit, limit);
        } else if (unit.get(AccessDirectives.WAKE_ON) == WakeOn.FIRST_BYTE) {
            waitForFirstByte(listener, connection);
        } else {
            serve(listener, connection);
        }
    }

    /** Whether MaxConnections= are open. */
    boolean isFull() {
        return ledger.count() >= unit.mostConnections();
    }

    private void refuse(
            Accepted.Connection connection, RefusalCause cause, @Nullable TurningAway politely, String reason) {
        long now = surroundings.nanoTime();
        ledger.refused(cause, 1);
        if (politely == null) {
            connection.fd().close();
        } else {
            politely.turnAway(connection.fd(), now);
        }
        if (cause.isSaid()) {
            sayings.say(
                    cause,
                    now,
                    "refusing connections: " + reason,
                    line -> surroundings.log().refused(unit.name(), line));
        }
    }

    private void waitForFirstByte(Listener listener, Accepted.Connection connection) {
        Duration patience =
                unit.isSet(SocketDirectives.DEFER_ACCEPT) ? unit.get(SocketDirectives.DEFER_ACCEPT) : PATIENCE;
        reception.waitingRoom().admit(this, connection, patience, new WaitingRoom.Outcome() {
            @Override
            public void onFirstByte(Accepted.Connection spoken) {
                ready.add(new Ready(listener, spoken));
                serveReady();
            }

            @Override
            public void onSilent(Accepted.Connection silent) {
                ledger.refused(RefusalCause.NO_FIRST_BYTE, 1);
            }
        });
    }

    private void serveReady() {
        while (!ready.isEmpty() && !isFull()) {
            Ready next = ready.remove();
            serve(next.listener(), next.connection());
        }
    }

    private void serve(Listener listener, Accepted.Connection connection) {
        byte[] greeting = banner == null ? null : banner.bytes(surroundings.nanoTime());
        if (greeting != null && !reception.farewells().greet(connection.fd().lend(), greeting)) {
            connection.fd().close();
            return;
        }
        String source = connection.peer().sourceKey();
        ledger.opened(source);
        if (!door.serve(listener, connection)) {
            ledger.ended(source);
        }
    }

    /** The instance that served a connection is gone; the count of its source falls. */
    void connectionEnded(String source) {
        ledger.ended(source);
        serveReady();
    }

    /** Counts those who connected to an {@code Accept=no} unit, said nothing and went. */
    void countProbes(int probes) {
        ledger.refused(RefusalCause.NO_FIRST_BYTE, probes);
    }

    /** The socket is stopped: who is not served yet is not served any more. */
    void close() {
        reception.waitingRoom().sendAway(this);
        ready.forEach(each -> each.connection().fd().close());
        ready.clear();
    }
}
