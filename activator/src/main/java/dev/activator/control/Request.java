package dev.activator.control;

import java.util.List;
import java.util.Map;

/**
 * One thing that a caller, already found to be allowed to, wants done.
 *
 * @param units full unit names in the caller's order; empty for a verb that names none
 * @param options see {@link Verb}; an unknown key is to be ignored
 */
public record Request(Verb verb, List<String> units, Map<String, String> options, Caller caller) {
    public Request {
        units = List.copyOf(units);
        options = Map.copyOf(options);
    }
}
