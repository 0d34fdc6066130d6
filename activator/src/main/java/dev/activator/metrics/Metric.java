package dev.activator.metrics;

import java.util.List;

/** Every metric there is; docs/metrics.md is made of this. Names by the conventions of Prometheus: base units, counters end in {@code _total}. */
enum Metric {
    BUILD("activator_build", Kind.INFO, "The super-server's version.", "version"),
    START("activator_start_time_seconds", Kind.GAUGE, "When the super-server began, seconds since 1970."),
    MEMORY("activator_memory_bytes", Kind.GAUGE, "The super-server's own proportional set size."),
    CPU("activator_cpu_seconds", Kind.COUNTER, "Processor time that the super-server itself has used."),
    OPEN_FDS("activator_open_fds", Kind.GAUGE, "Descriptors that the super-server keeps open for a purpose."),
    UNITS("activator_units", Kind.GAUGE, "Units by type and state.", "type", "state"),
    LISTENERS("activator_listeners", Kind.GAUGE, "Listening sockets: bound, and wanted.", "kind"),
    LOOKS("activator_looks", Kind.COUNTER, "How often the processes of services were looked at."),
    LOOK_SECONDS("activator_look_seconds", Kind.COUNTER, "How long looking at the processes of services took."),
    ACTIVATIONS(
            "activator_socket_activations", Kind.COUNTER, "Wake-ups by a socket unit since it was started.", "unit"),
    ACCEPTED(
            "activator_socket_accepted",
            Kind.COUNTER,
            "Connections that the super-server took for a unit with Accept=yes or Handoff=pass.",
            "unit"),
    CONNECTIONS("activator_socket_connections", Kind.GAUGE, "Those of them that are open.", "unit"),
    REFUSED("activator_socket_refused", Kind.COUNTER, "Connections that were turned away.", "unit", "cause"),
    DROPPED(
            "activator_socket_dropped_packets",
            Kind.COUNTER,
            "Packets that AllowFrom= and DenyFrom= had the kernel drop, or a full queue.",
            "unit"),
    SUSPENDED("activator_socket_suspended", Kind.GAUGE, "1 while the activation rests, by its cause.", "unit", "cause"),
    QUEUED("activator_listener_queue", Kind.GAUGE, "Connections that wait in a listener's queue.", "unit", "listener"),
    WORST(
            "activator_listener_queue_worst",
            Kind.GAUGE,
            "The most that were seen there, at wakes and whenever somebody looked.",
            "unit",
            "listener"),
    OVERFLOWS(
            "activator_listener_overflows",
            Kind.COUNTER,
            "Tries of clients that found the queue full, as far as the kernel tells.",
            "unit",
            "listener"),
    BACKLOG("activator_listener_backlog", Kind.GAUGE, "How many can wait there.", "unit", "listener"),
    AWAKE("activator_service_awake", Kind.GAUGE, "1 while the service runs, 0 while it sleeps.", "unit"),
    FROZEN("activator_service_frozen", Kind.GAUGE, "1 while it stands still in memory.", "unit"),
    SERVICE_MEMORY(
            "activator_service_memory_bytes",
            Kind.GAUGE,
            "Proportional set size of its processes at the last look; absent where it has none or it is unknown.",
            "unit"),
    WAKES(
            "activator_service_wake_seconds",
            Kind.HISTOGRAM,
            "From the first connection's being noticed until the service was ready.",
            "unit"),
    ENDS("activator_service_ends", Kind.COUNTER, "How often it slept or ended, by how.", "unit", "end"),
    RESTARTS("activator_service_restarts", Kind.COUNTER, "Automatic restarts, Restart=.", "unit");

    /** As OpenMetrics has them. */
    enum Kind {
        COUNTER("_total"),
        GAUGE(""),
        HISTOGRAM(""),
        INFO("_info");

        private final String suffix;

        Kind(String suffix) {
            this.suffix = suffix;
        }
    }

    private final String base;
    private final Kind kind;
    private final String help;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> labels;

    Metric(String base, Kind kind, String help, String... labels) {
        this.base = base;
        this.kind = kind;
        this.help = help;
        this.labels = List.of(labels);
    }

    /** Without the ending that its kind adds. */
    String base() {
        return base;
    }

    /** As a collector names it. */
    String fullName() {
        return base + kind.suffix;
    }

    Kind kind() {
        return kind;
    }

    String help() {
        return help;
    }

    List<String> labels() {
        return labels;
    }
}
