package dev.activator.server;

import dev.activator.config.ServiceUnit;
import dev.activator.config.UnitName;
import dev.activator.config.UnitType;
import dev.activator.handoff.Account;
import dev.activator.handoff.FetchSocket;
import dev.activator.handoff.FetchSocket.Answer;
import dev.activator.handoff.LaunchFailure;
import dev.activator.listener.Listener;
import dev.activator.listener.PeerCredentials;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which running program gets which unit's sockets when it asks for them: root, and the user that the service runs
 * as. A refusal is said once for each unit and user.
 */
final class Fetching implements FetchSocket.Asked {
    private static final int MOST_SAID = 1000;

    private final Units units;
    private final Identities identities;
    private final Account self;
    private final EventLog log;
    private final Set<String> said = new HashSet<>();

    /** @param self whom services run as that name no user */
    Fetching(Units units, Identities identities, Account self, EventLog log) {
        this.units = units;
        this.identities = identities;
        this.self = self;
        this.log = log;
    }

    @Override
    public Answer answer(String request, PeerCredentials who) {
        UnitName name = UnitName.parse(request);
        if (name == null || name.type() == UnitType.TARGET) {
            return Answer.refused(
                    "'" + printable(request) + "' is no name of a socket or a service, such as web.socket");
        }
        UnitName own = units.catalog().resolve(name).orElse(name);
        SocketActivation socket = units.socket(own);
        UnitName service = socket == null ? own : units.target(socket);
        List<Listener> listeners = (socket == null ? units.listenersOf(own) : socket.listeners())
                .stream()
                        .filter(listener -> !listener.unit().takesConnections())
                        .toList();
        Optional<ServiceUnit> unit = units.catalog().service(service);
        if (unit.isEmpty()) {
            return Answer.refused("no such unit as " + own + " is loaded, or it starts a service for each connection");
        }
        String refusal = refusal(own, unit.get(), who);
        if (refusal != null) {
            return Answer.refused(refusal);
        }
        if (listeners.isEmpty() || listeners.size() > FetchSocket.MOST) {
            return Answer.refused(own + " has " + listeners.size() + " sockets that a program could accept at; 1 to "
                    + FetchSocket.MOST + " can be fetched");
        }
        log.note(own, "its sockets were fetched by pid " + who.pid() + " uid " + Integer.toUnsignedString(who.uid()));
        String names = listeners.stream().map(Listener::fdName).collect(Collectors.joining(":"));
        return new Answer(
                "OK " + names + "\n", listeners.stream().map(Listener::fd).toList());
    }

    private @Nullable String refusal(UnitName unit, ServiceUnit service, PeerCredentials who) {
        String uid = Integer.toUnsignedString(who.uid());
        try {
            LaunchInputs.Identity identity = identities.of(service);
            int owner = identity == null ? self.uid() : identity.credentials().uid();
            if (who.uid() == 0 || who.uid() == owner) {
                return null;
            }
            String reason = "uid " + uid + " may not fetch the sockets of " + unit + ": " + service.name()
                    + " runs as uid " + Integer.toUnsignedString(owner) + " (User=)";
            if (said.size() < MOST_SAID && said.add(unit + " " + uid)) {
                log.warn(unit, "refused its sockets to pid " + who.pid() + ": " + reason);
            }
            return reason;
        } catch (LaunchFailure unknown) {
            return String.valueOf(unknown.getMessage());
        }
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
