package dev.activator.server;

import dev.activator.config.Directive;
import dev.activator.config.ExecDirectives;
import dev.activator.config.LimitName;
import dev.activator.config.ServiceUnit;
import dev.activator.config.UnitName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Says what a service asks for and this host lets us give only in part, each thing once for a service, or once for a template. */
final class Deviations {
    private static final Directive<?> LIMIT_NOFILE =
            Objects.requireNonNull(ExecDirectives.LIMITS.get(LimitName.NOFILE));
    private static final String OPEN_FILES = "Limit" + LimitName.NOFILE + "=";

    private final EventLog log;
    private final Map<UnitName, Set<String>> told = new HashMap<>();

    Deviations(EventLog log) {
        this.log = log;
    }

    /** {@code deviations}: sentences that begin with the setting. What our own default asks for is nobody's concern. */
    void tell(ServiceUnit unit, List<String> deviations) {
        for (String deviation : deviations) {
            boolean isAsked =
                    !deviation.startsWith(OPEN_FILES) || unit.settings().isSet(LIMIT_NOFILE);
            if (isAsked
                    && told.computeIfAbsent(unit.name().template(), name -> new HashSet<>())
                            .add(deviation)) {
                log.warn(unit.name(), deviation);
            }
        }
    }
}
