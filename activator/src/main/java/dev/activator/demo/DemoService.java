package dev.activator.demo;

import dev.activator.experiment.Endpoint;

/** One service of the tour: {@code web-01} stands for {@code web-01.socket} and what that starts. */
record DemoService(String name, ServiceKind kind, Endpoint endpoint) {
    String socketUnit() {
        return name + ".socket";
    }

    /** The service unit; of an inetd-style program the template of one unit a connection. */
    String serviceUnit() {
        return name + (kind == ServiceKind.ECHO ? "@" : "") + ".service";
    }

    /** Whether this unit is the service, or one of its instances. */
    boolean isRunBy(String unit) {
        return kind == ServiceKind.ECHO
                ? unit.startsWith(name + "@") && !unit.equals(serviceUnit())
                : unit.equals(serviceUnit());
    }
}
