package dev.activator.config;

import java.time.Duration;
import java.util.List;

/** The rows of [X-Activator] that say how sockets come to a service: in a socket unit by which way, in a service unit in which words. */
public final class HandoffDirectives {
    private static final Rows OF_SOCKETS = new Rows("X-Activator");
    private static final Rows OF_SERVICES = new Rows("X-Activator");
    private static final int MOST_WORKERS = 1000;
    private static final int MOST_WAITING = 253;

    public static final Directive<HandoffMode> HANDOFF = ofSockets(OF_SOCKETS.row(
            "Handoff",
            Syntaxes.word(HandoffMode.class),
            HandoffMode.LISTEN,
            "Hands the listener to the service, or passes it each accepted connection while it runs."));

    public static final Directive<Integer> WORKERS = ofSockets(OF_SOCKETS.row(
            "Workers",
            Syntaxes.number(1, MOST_WORKERS),
            1,
            "Most instances of the service that connections are passed to; above 1 the service is a template."));

    public static final Directive<Integer> WORKER_BACKLOG = ofSockets(OF_SOCKETS.row(
            "WorkerBacklog",
            Syntaxes.number(1, MOST_WAITING),
            64,
            "Most connections that wait for one worker to take them; further ones wait in the listener's queue."));

    public static final Directive<Integer> WORKER_CONNECTIONS = ofSockets(OF_SOCKETS.row(
            "WorkerConnections",
            Syntaxes.COUNT,
            0,
            "Most connections of one worker at a time, which must report their ends; 0 for no limit."));

    public static final Directive<Duration> WORKER_TIMEOUT = ofSockets(OF_SOCKETS.row(
            "WorkerTimeoutSec",
            Syntaxes.LIMIT_SPAN,
            Duration.ofSeconds(30),
            "Stops a worker that leaves a connection untaken for this long; another one gets it."));

    public static final Directive<List<HandoffDialect>> HANDOFF_AS = OF_SERVICES.add(OF_SERVICES
            .row(
                    "HandoffAs",
                    ListOf.words(
                            "systemd pidfdid nginx upstart einhorn server-starter gunicorn puma fpm ucspi",
                            Words.Manner.PLAIN,
                            (text, scope) -> Syntaxes.oneOf(HandoffDialect.values(), text),
                            HandoffDialect::word,
                            HandoffDialect::word),
                    List.of(HandoffDialect.SYSTEMD),
                    "In which variables the service is told of its sockets.")
            .relation(Relation.OURS));

    private HandoffDirectives() {}

    private static <T> Directive<T> ofSockets(Directive<T> row) {
        return OF_SOCKETS.add(row.relation(Relation.OURS));
    }

    static List<Directive<?>> ofSockets() {
        return OF_SOCKETS.all();
    }

    static List<Directive<?>> ofServices() {
        return OF_SERVICES.all();
    }

    /** In the other type of unit they would hold for nothing. */
    static Directive<?> elsewhere(Directive<?> row, String where) {
        return row.unsupported("it holds for " + where + "s; set it in the " + where + " unit");
    }
}
