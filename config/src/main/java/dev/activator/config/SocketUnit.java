package dev.activator.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to listen at and which service to wake. systemd.socket(5). */
public final class SocketUnit implements Unit {
    private final UnitName name;
    private final Settings settings;
    private final Origin origin;
    private final List<Problem> refusals;

    SocketUnit(UnitName name, Settings settings, Origin origin, List<Problem> refusals) {
        this.name = name;
        this.settings = settings;
        this.origin = origin;
        this.refusals = List.copyOf(refusals);
    }

    /** The addresses, in file order; never empty. */
    public List<ListenSocket> listen() {
        return get(SocketDirectives.LISTEN);
    }

    /** Whether each connection gets an instance of its own. */
    public boolean isAccepting() {
        return get(SocketDirectives.ACCEPT);
    }

    /** Whether connections are accepted here and passed to a service that runs. */
    public boolean isPassing() {
        return get(HandoffDirectives.HANDOFF) == HandoffMode.PASS;
    }

    /** Whether it is the super-server that accepts, and not the service. */
    public boolean takesConnections() {
        return isAccepting() || isPassing();
    }

    /** Most connections that may be open at a time, where it is the super-server that accepts. MaxConnections=. */
    public int mostConnections() {
        return isPassing() && !isSet(SocketDirectives.MAX_CONNECTIONS)
                ? Integer.MAX_VALUE
                : get(SocketDirectives.MAX_CONNECTIONS);
    }

    /**
     * The service to wake: {@code Service=}, else the one of the same name; with {@code Accept=yes}, and for several workers, the template of
     * that name.
     */
    public UnitName service() {
        UnitName same = name.withType(UnitType.SERVICE);
        if (isAccepting()) {
            return same.withInstance("");
        }
        UnitName named = get(SocketDirectives.SERVICE).orElse(same);
        boolean isPool = isPassing() && get(HandoffDirectives.WORKERS) > 1;
        return isPool && !named.isTemplate() ? named.withInstance("") : named;
    }

    /**
     * Commands of its own as a service that runs them once and ends, with what the [Socket] section says of their environment.
     *
     * @param row one of the four lists of commands
     * @return empty where there are none
     */
    public Optional<ServiceUnit> commands(Directive<List<CommandLine>> row) {
        if (get(row).isEmpty()) {
            return Optional.empty();
        }
        Settings.Builder service = new Settings.Builder();
        DirectiveTable table = DirectiveTable.service();
        for (Directive<?> each : settings.directives()) {
            table.find("Service", each.name())
                    .filter(same -> ExecDirectives.isOne(same) && each.section().equals("Socket"))
                    .ifPresent(same -> settings.copy(each, same, service));
        }
        service.put(ServiceDirectives.TYPE, ServiceType.ONESHOT);
        service.put(ServiceDirectives.EXEC_START, get(row));
        service.put(ServiceDirectives.TIMEOUT_START, get(SocketDirectives.TIMEOUT));
        service.put(UnitDirectives.START_LIMIT_BURST, 0);
        UnitName own = new UnitName(name.toString().replace('@', '-'), null, UnitType.SERVICE);
        return Optional.of(new ServiceUnit(own, service.build(), new Origin.Listed(sources()), List.of()));
    }

    /** The name of every descriptor in LISTEN_FDNAMES: {@code FileDescriptorName=}, else the unit name, or {@code connection}. */
    public String fdName() {
        String ofUnit = isAccepting() ? "connection" : name.toString();
        return get(SocketDirectives.FILE_DESCRIPTOR_NAME).orElse(ofUnit);
    }

    @Override
    public UnitName name() {
        return name;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public List<Path> sources() {
        return origin.files(name);
    }

    @Override
    public List<Problem> refusals() {
        return refusals;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || (other instanceof SocketUnit that && name.equals(that.name) && settings.equals(that.settings));
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
