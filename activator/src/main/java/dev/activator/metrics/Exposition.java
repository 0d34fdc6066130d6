package dev.activator.metrics;

import dev.activator.control.Counts;
import dev.activator.control.ListenerStatus;
import dev.activator.control.MetricsText;
import dev.activator.control.ServerStatus;
import dev.activator.control.ServiceStatus;
import dev.activator.control.SocketStatus;
import dev.activator.control.UnitCounts;
import dev.activator.control.UnitStatus;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns pictures of the super-server into metrics. */
public final class Exposition {
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    private Exposition() {}

    /**
     * All metrics there are now.
     *
     * @param cpuNanos processor time of the super-server itself; null where it is unknown
     * @param accept what the collector would like, as in the header of that name; OpenMetrics if it says so
     */
    public static MetricsText of(
            ServerStatus server, @Nullable Long cpuNanos, List<UnitStatus> units, Counts counts, String accept) {
        Figures figures = new Figures();
        addServer(figures, server, cpuNanos, counts);
        addStates(figures, units);
        for (UnitStatus unit : units) {
            if (unit.socket() != null) {
                addSocket(figures, unit.id(), unit.socket());
            }
            ServiceStatus service = unit.service();
            if (service != null && service.connection() == null) {
                figures.add(Metric.RESTARTS, service.restarts(), unit.id());
            }
        }
        counts.units().forEach(unit -> addService(figures, unit));
        return write(figures, accept);
    }

    private static MetricsText write(Figures figures, String accept) {
        ExpositionFormatWriter writer = accept.contains("application/openmetrics-text")
                ? OpenMetricsTextFormatWriter.create()
                : PrometheusTextFormatWriter.create();
        ByteArrayOutputStream text = new ByteArrayOutputStream(8192);
        try {
            writer.write(text, figures.snapshots(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing metrics to memory", impossible);
        }
        return new MetricsText(writer.getContentType(), text.toString(StandardCharsets.UTF_8));
    }

    private static void addServer(Figures figures, ServerStatus server, @Nullable Long cpuNanos, Counts counts) {
        figures.add(Metric.BUILD, 1, server.version());
        figures.add(Metric.START, server.since().toEpochMilli() / MILLIS);
        figures.add(Metric.MEMORY, server.memory());
        figures.add(Metric.CPU, cpuNanos == null ? null : cpuNanos / NANOS);
        figures.add(Metric.OPEN_FDS, server.openFds());
        figures.add(Metric.LISTENERS, server.listenersBound(), "bound");
        figures.add(Metric.LISTENERS, server.listenersWanted(), "wanted");
        figures.add(Metric.LOOKS, counts.looks());
        figures.add(Metric.LOOK_SECONDS, counts.lookSeconds());
    }

    private static void addStates(Figures figures, List<UnitStatus> units) {
        Map<String, Map<String, Integer>> states = new TreeMap<>();
        for (UnitStatus unit : units) {
            states.computeIfAbsent(unit.type(), type -> new TreeMap<>())
                    .merge(unit.state().active().word(), 1, Integer::sum);
        }
        states.forEach(
                (type, byState) -> byState.forEach((state, count) -> figures.add(Metric.UNITS, count, type, state)));
    }

    private static void addSocket(Figures figures, String unit, SocketStatus socket) {
        figures.add(Metric.ACTIVATIONS, socket.activations(), unit);
        figures.add(Metric.ACCEPTED, socket.accepted(), unit);
        figures.add(Metric.CONNECTIONS, socket.connections(), unit);
        figures.add(Metric.DROPPED, socket.droppedPackets(), unit);
        socket.refusedBy().forEach((cause, count) -> figures.add(Metric.REFUSED, count, unit, cause));
        if (socket.suspended() != null) {
            figures.add(Metric.SUSPENDED, 1, unit, socket.suspended().cause());
        }
        for (ListenerStatus listener : socket.listeners()) {
            figures.add(Metric.QUEUED, listener.queued() < 0 ? null : listener.queued(), unit, listener.address());
            figures.add(Metric.WORST, listener.worst() < 0 ? null : listener.worst(), unit, listener.address());
            figures.add(
                    Metric.OVERFLOWS, listener.overflows() < 0 ? null : listener.overflows(), unit, listener.address());
            figures.add(Metric.BACKLOG, listener.effectiveBacklog(), unit, listener.address());
        }
    }

    private static void addService(Figures figures, UnitCounts counts) {
        figures.add(Metric.AWAKE, counts.isAwake() ? 1 : 0, counts.unit());
        figures.add(Metric.FROZEN, counts.isFrozen() ? 1 : 0, counts.unit());
        figures.add(Metric.SERVICE_MEMORY, counts.memory(), counts.unit());
        figures.add(Metric.WAKES, UnitCounts.BOUNDS, counts.wakes(), counts.wakeSeconds(), counts.unit());
        counts.ends().forEach((end, count) -> figures.add(Metric.ENDS, count, counts.unit(), end));
    }
}
