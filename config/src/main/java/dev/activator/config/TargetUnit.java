package dev.activator.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A group of units; here only its name and its [Install] section matter. systemd.target(5). */
public final class TargetUnit implements Unit {
    private final UnitName name;
    private final Settings settings;
    private final Origin origin;
    private final List<Problem> refusals;

    TargetUnit(UnitName name, Settings settings, Origin origin, List<Problem> refusals) {
        this.name = name;
        this.settings = settings;
        this.origin = origin;
        this.refusals = List.copyOf(refusals);
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
        return other instanceof TargetUnit that && name.equals(that.name) && settings.equals(that.settings);
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
