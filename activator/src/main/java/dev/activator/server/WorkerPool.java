package dev.activator.server;

import dev.activator.config.ServiceDirectives;
import dev.activator.config.ServiceUnit;
import dev.activator.config.SocketUnit;
import dev.activator.config.TimeSpan;
import dev.activator.config.UnitName;
import dev.activator.handoff.WorkerLink;
import dev.activator.listener.Accepted;
import dev.activator.listener.Listener;
import dev.activator.listener.Timer;
import dev.activator.service.protocol.PassedSocketText;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one service that accepted connections are passed to. The least loaded gets the next connection; where all are behind, one
 * more is started. What a worker has not taken goes back when it ends. A bounded number waits here and at each worker; beyond that the
 * sockets leave clients in the listeners' queues. Handoff=pass. For the loop's thread.
 */
final class WorkerPool implements Worker.Events {
    /** A worker that leaves a connection for longer is behind. */
    private static final Duration PROMPT = Duration.ofMillis(20);

    /** The first look for room where there is none, since nobody says when a connection is received. */
    private static final Duration SOON = Duration.ofMillis(1);

    private final UnitName service;
    private final Surroundings surroundings;
    private final Services services;
    private final List<Worker> workers = new ArrayList<>();
    private final Deque<PassedOn> waiting = new ArrayDeque<>();
    private List<SocketActivation> sockets = List.of();
    private PoolLimits limits = PoolLimits.NONE;
    private boolean isDue;
    private long restUntil;
    private PassedSocketText latest = new PassedSocketText("", "", "", "");
    private long readableAt;
    private @Nullable Timer look;
    private boolean isLookSoon;
    private Duration soon = SOON;
    private @Nullable Timer rest;

    /** What a pool asks of the machines around it. */
    interface Services {
        /** The declaration of a worker; empty where it is not loaded. */
        Optional<ServiceUnit> declared(UnitName worker);

        /** Its machine, made where there is none. */
        ServiceInstance instance(ServiceUnit unit);

        /** Its machine; null where it has none yet. */
        @Nullable
        ServiceInstance present(UnitName worker);

        /** Starts or thaws it, after what it needs; {@code noticed} in the loop's nanoseconds. */
        void wake(ServiceUnit unit, String cause, long noticed);

        /** The sockets that pass to the service, as they are declared now. */
        List<SocketActivation> sockets();

        /** Whether an operator has ordered that nothing is passed to it. */
        boolean isHeld(UnitName worker);
    }

    /** @param service whose instances the workers are where it is a template, else the only worker */
    WorkerPool(UnitName service, Surroundings surroundings, Services services) {
        this.service = service;
        this.surroundings = surroundings;
        this.services = services;
        takeLimits();
    }

    /** Takes the connection over; false where there is no such service, and the connection is closed. */
    boolean pass(SocketActivation socket, Listener listener, Accepted.Connection connection, long noticed) {
        if (!sockets.contains(socket)) {
            takeLimits();
        }
        if (workers.isEmpty() && services.declared(name(1)).isEmpty()) {
            connection.fd().close();
            return false;
        }
        SocketUnit unit = socket.unit();
        PassedSocketText text = new PassedSocketText(
                listener.unitName(),
                listener.fdName(),
                connection.local(),
                connection.peer().display());
        waiting.add(new PassedOn(socket, connection, text, PoolLimits.isCounted(unit), surroundings.nanoTime()));
        latest = text;
        readableAt = noticed;
        serveSoon();
        return true;
    }

    /** NonBlocking= of the service holds for what it is passed, too. */
    private boolean pass(Worker worker, long now) {
        ServiceInstance instance = services.present(worker.name());
        return instance != null
                && worker.pass(waiting.element(), instance.unit().get(ServiceDirectives.NON_BLOCKING), now);
    }

    /** Whether one more connection may be accepted. */
    boolean hasRoom() {
        int room = limits.backlog() - waiting.size();
        for (int i = 0; i < workers.size() && room <= 0; i++) {
            Worker worker = workers.get(i);
            room += isReady(worker) ? worker.room(limits.backlog(), limits.connections()) : 0;
        }
        return room > 0;
    }

    /** Once for all that this turn of the loop brings: a worker that waits for each is woken less often so. */
    private void serveSoon() {
        if (!isDue) {
            isDue = true;
            surroundings.loop().execute(this::serve);
        }
    }

    private void serve() {
        isDue = false;
        long now = surroundings.nanoTime();
        List<Worker> ready = waiting.isEmpty() ? List.of() : ready();
        for (Worker least = leastLoaded(ready); least != null && !waiting.isEmpty(); least = leastLoaded(ready)) {
            if (!pass(least, now)) {
                break;
            }
            waiting.remove();
            soon = SOON;
        }
        if (!waiting.isEmpty()) {
            wakeOneMore();
        }
        boolean hasRoom = hasRoom();
        lookLater(hasRoom);
        if (hasRoom) {
            sockets.forEach(SocketActivation::roomAgain);
        }
        stopSurplus();
    }

    /** Asked once for all that is passed in one turn, which changes nothing about it. */
    private List<Worker> ready() {
        return workers.stream().filter(this::isReady).toList();
    }

    /** Of those that can be given one more; null where none can. */
    private @Nullable Worker leastLoaded(List<Worker> ready) {
        Worker least = null;
        for (Worker worker : ready) {
            boolean isLess = least == null || worker.load() < least.load();
            if (isLess && worker.room(limits.backlog(), limits.connections()) > 0) {
                least = worker;
            }
        }
        return least;
    }

    private void putBack(List<PassedOn> connections) {
        for (int i = connections.size() - 1; i >= 0; i--) {
            waiting.addFirst(connections.get(i));
        }
    }

    private boolean isReady(Worker worker) {
        ServiceInstance instance = services.present(worker.name());
        boolean takes = instance != null
                && (instance.state() == ServiceState.READY || instance.state() == ServiceState.RELOADING);
        return takes && worker.isConnected() && isWanted(worker) && !services.isHeld(worker.name());
    }

    /** Whether Workers= still has a place for it. */
    private boolean isWanted(Worker worker) {
        return worker.number() <= limits.workers();
    }

    /** One at a time: what wakes wakes fast, and may be enough. */
    private void wakeOneMore() {
        if (surroundings.nanoTime() < restUntil || services.isHeld(service)) {
            return;
        }
        Optional<ServiceUnit> asleep = Optional.empty();
        for (int number = 1; number <= limits.workers(); number++) {
            UnitName name = name(number);
            ServiceInstance instance = services.present(name);
            ServiceState state = instance == null ? ServiceState.DEAD : instance.state();
            if (state.isHeldStill() || (state.isDown() && asleep.isEmpty())) {
                asleep = services.isHeld(name) ? asleep : services.declared(name);
            } else if (!state.isUp() && !state.isDown() && !state.isGoingDown()) {
                return; // one is on its way
            }
            if (state.isHeldStill()) {
                break;
            }
        }
        asleep.ifPresentOrElse(this::start, this::awaitGoing);
    }

    private void start(ServiceUnit unit) {
        services.instance(unit);
        worker(unit.name());
        services.wake(unit, cause(), readableAt);
    }

    /** Of a start, for people; written for few of the connections. */
    private String cause() {
        return "connection of " + latest.peer() + " on " + latest.local();
    }

    /** Where all that there may be go down or are done with new clients, they are wanted again once they are gone. */
    private void awaitGoing() {
        for (Worker worker : List.copyOf(workers)) {
            ServiceInstance instance = services.present(worker.name());
            if (isWanted(worker) && instance != null && instance.state().isGoingDown()) {
                instance.start(cause(), readableAt);
                return;
            }
        }
    }

    private Worker worker(UnitName name) {
        for (Worker worker : workers) {
            if (worker.name().equals(name)) {
                return worker;
            }
        }
        Worker fresh = new Worker(name, number(name), this);
        workers.add(fresh);
        workers.sort(Comparator.comparingInt(Worker::number));
        return fresh;
    }

    private UnitName name(int number) {
        return service.isTemplate() ? service.withInstance(Integer.toString(number)) : service;
    }

    /** The only worker is the first; an instance that an operator has named is none of the pool's. */
    private int number(UnitName name) {
        if (!service.isTemplate()) {
            return 1;
        }
        String instance = name.instance();
        return instance != null && instance.matches("[0-9]{1,9}") ? Integer.parseInt(instance) : Integer.MAX_VALUE;
    }

    /** A run of the instance is about to be launched: the descriptor that it is to get. */
    HandoffEnd open(UnitName name) {
        Worker worker = worker(name);
        putBack(worker.finish());
        WorkerLink link = WorkerLink.open(surroundings.loop(), name.toString(), worker);
        worker.begin(link);
        return new HandoffEnd(link.theirs(), limits.wantEnds());
    }

    /** Its run is over, and nothing of it lives. */
    void ended(UnitName name) {
        putBack(worker(name).finish());
    }

    /** An instance of the service has changed its state. */
    void onWorkerState(ServiceInstance instance, ServiceState to, Duration wantsRest) {
        if (to == ServiceState.FAILED && !wantsRest.isZero()) {
            restUntil = surroundings.nanoTime() + wantsRest.toNanos();
            if (rest != null) {
                rest.cancel();
            }
            rest = surroundings.loop().after(wantsRest, "rest of " + service, this::serveSoon);
            if (workers.stream().noneMatch(this::isReady)) {
                sockets.forEach(
                        socket -> socket.workersFailed(instance.view().run().result(), wantsRest));
            }
        }
        if (to == ServiceState.READY || to.isDown()) {
            serveSoon();
        }
    }

    @Override
    public void relieved() {
        serveSoon();
    }

    @Override
    public void closed(Worker worker) {
        putBack(worker.takeBack());
        serveSoon();
    }

    @Override
    public void broken(Worker worker, String why) {
        surroundings.log().fail(worker.name(), why + "; stopping it, what it has not taken goes to another");
        stop(worker, "broken handoff");
    }

    private void stop(Worker worker, String why) {
        ServiceInstance instance = services.present(worker.name());
        if (instance != null) {
            instance.stop(why);
        }
        serveSoon();
    }

    /** The sockets have been declared anew. */
    void redeclared() {
        takeLimits();
        serveSoon();
    }

    private void stopSurplus() {
        for (Worker worker : workers) {
            ServiceInstance instance = services.present(worker.name());
            boolean isUp = instance != null && instance.state() == ServiceState.READY;
            if (isUp && !isWanted(worker) && worker.number() < Integer.MAX_VALUE && worker.open() == 0) {
                surroundings.log().note(worker.name(), "stopping, Workers= is " + limits.workers() + " now");
                stop(worker, "Workers= was lowered");
            }
        }
    }

    /** While connections are under way somebody looks whether they arrive. */
    private void lookLater(boolean hasRoom) {
        boolean isUnderWay = false;
        for (Worker worker : workers) {
            isUnderWay |= worker.untaken() > 0;
        }
        if (look != null && !hasRoom && !isLookSoon) {
            look.cancel();
            look = null;
        }
        if (look == null && isUnderWay) {
            isLookSoon = !hasRoom;
            look = surroundings
                    .loop()
                    .after(hasRoom ? PROMPT : soon, "look after workers of " + service, this::lookAfter);
            soon = soon.compareTo(PROMPT) < 0 ? soon.multipliedBy(2) : PROMPT;
        }
    }

    private void lookAfter() {
        look = null;
        long now = surroundings.nanoTime();
        Duration limit = limits.timeout();
        boolean allBehind = true;
        for (Worker worker : List.copyOf(workers)) {
            Duration untaken = Duration.ofNanos(now - worker.untakenSince(now));
            boolean stands = !isReady(worker);
            if (!stands && untaken.compareTo(limit) >= 0) {
                surroundings
                        .log()
                        .fail(
                                worker.name(),
                                "has left a connection untaken for " + TimeSpan.format(limit)
                                        + " (WorkerTimeoutSec=); stopping it, another gets what it has not taken");
                stop(worker, "WorkerTimeoutSec=");
            }
            allBehind &= stands || untaken.compareTo(PROMPT) >= 0;
        }
        if (allBehind && workers.stream().anyMatch(worker -> worker.untaken() > 0)) {
            wakeOneMore();
        }
        serveSoon();
    }

    /** What an instance was passed. */
    Passed passedTo(UnitName name) {
        return worker(name);
    }

    /** The socket is stopped: those of its clients that nobody has taken see their connection closed. */
    void drop(SocketActivation socket) {
        List<PassedOn> of =
                waiting.stream().filter(each -> each.socket() == socket).toList();
        waiting.removeAll(of);
        of.forEach(PassedOn::drop);
    }

    /** Nothing is passed any more. */
    void close() {
        workers.forEach(worker -> worker.finish().forEach(PassedOn::drop));
        List.copyOf(waiting).forEach(PassedOn::drop);
        waiting.clear();
        for (Timer timer : new Timer[] {look, rest}) {
            if (timer != null) {
                timer.cancel();
            }
        }
    }

    private void takeLimits() {
        sockets = services.sockets();
        limits = PoolLimits.of(
                service, sockets.stream().map(SocketActivation::unit).toList());
    }
}
