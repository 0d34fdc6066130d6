package dev.activator.cli;

import dev.activator.control.ActiveState;
import dev.activator.control.UnitState;
import dev.activator.control.UnitStatus;

/** The dot before a unit's name and the colour of its state, as systemctl has them. */
final class UnitMark {
    private UnitMark() {}

    static String of(UnitState state) {
        return switch (state.active()) {
            case ACTIVE, ACTIVATING, DEACTIVATING -> "●";
            case RELOADING -> "↻";
            case INACTIVE -> "○";
            case FAILED -> "×";
        };
    }

    static Color color(UnitState state) {
        return switch (state.active()) {
            case ACTIVE, RELOADING -> Color.GREEN;
            case ACTIVATING, DEACTIVATING -> Color.YELLOW;
            case INACTIVE -> Color.GREY;
            case FAILED -> Color.RED;
        };
    }

    /**
     * Whether a list should point at the unit: it failed, or waits for a trouble to pass, or its file is missing, wrong or masked while
     * something wants it.
     */
    static boolean needsAttention(UnitStatus unit) {
        String load = unit.file().loadState();
        return unit.state().active() == ActiveState.FAILED
                || unit.state().retryAt() != null
                || unit.state().sub().equals("start-open")
                || !(load.equals("loaded") || load.equals("masked"));
    }
}
