package dev.activator.server;

import dev.activator.config.LimitName;
import dev.activator.config.ServiceUnit;
import dev.activator.config.UnitName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says what a service asks for and this host lets us give only in part, each thing once for a service, or once for a template. */
final class Deviations {
    private static final String OPEN_FILES = "Limit" + LimitName.NOFILE + "=";

    private final EventLog log;
    private final Map<UnitName, Set<String>> told = new HashMap<>();

    Deviations(EventLog log) {
        this.log = log;
    }

    /** {@code deviations}: sentences that begin with the setting. What our own default asks for is nobody's concern. */
    void tell(ServiceUnit unit, List<String> deviations) {
        for (String deviation : deviations) {
            boolean isAsked = unit.limits().containsKey(LimitName.NOFILE) || !deviation.startsWith(OPEN_FILES);
            if (isAsked
                    && told.computeIfAbsent(unit.name().template(), name -> new HashSet<>())
                            .add(deviation)) {
                log.warn(unit.name(), deviation);
            }
        }
    }
}
