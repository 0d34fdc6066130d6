package dev.activator.config;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How to run a service. systemd.service(5). */
public final class ServiceUnit implements Unit {
    private final UnitName name;
    private final Settings settings;
    private final Origin origin;
    private final List<Problem> refusals;

    ServiceUnit(UnitName name, Settings settings, Origin origin, List<Problem> refusals) {
        this.name = name;
        this.settings = settings;
        this.origin = origin;
        this.refusals = List.copyOf(refusals);
    }

    /** The limits that are set, by name. {@code LimitNOFILE=} and its like. */
    public Map<LimitName, ResourceLimit> limits() {
        Map<LimitName, ResourceLimit> limits = new EnumMap<>(LimitName.class);
        ExecDirectives.LIMITS.forEach(
                (limit, directive) -> get(directive).ifPresent(value -> limits.put(limit, value)));
        return limits;
    }

    /** The same declaration under another name. */
    ServiceUnit named(UnitName other) {
        return new ServiceUnit(other, settings, origin, refusals);
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
        return other instanceof ServiceUnit that && name.equals(that.name) && settings.equals(that.settings);
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
