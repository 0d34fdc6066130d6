package dev.activator.demo;

import dev.activator.cli.ControlClient;

/** What the steps of the tour work with. */
record Stage(Screen screen, TypedCommands commands, Fleet fleet, ControlClient client) {
    DemoService first(ServiceKind kind) {
        return fleet.of(kind).get(0);
    }
}
