package dev.activator.server;

import dev.activator.config.LoadState;
import dev.activator.control.ActiveState;
import java.util.Set;
import java.util.TreeSet;

/** Every word that the state of a unit can be told with, for who asks for units by it. */
public final class StateWords {
    private StateWords() {}

    /** Load, active and sub states of all types of unit. */
    public static Set<String> ofUnits() {
        Set<String> words = new TreeSet<>();
        for (LoadState state : LoadState.values()) {
            words.add(state.toString());
        }
        for (ActiveState state : ActiveState.values()) {
            words.add(state.word());
        }
        for (SocketState state : SocketState.values()) {
            words.add(state.subState());
        }
        for (ServiceState state : ServiceState.values()) {
            words.add(state.subState());
        }
        return words;
    }
}
