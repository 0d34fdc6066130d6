package dev.activator.control;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the status records as JSON: a component is a field of the same name, times are ISO-8601 in UTC, sizes bytes, null is left out.
 * Streaming and without reflection, since it runs in the super-server.
 */
final class StatusJson {
    private final JsonGenerator json;

    StatusJson(JsonGenerator json) {
        this.json = json;
    }

    JsonGenerator generator() {
        return json;
    }

    void write(ServerStatus server) throws IOException {
        json.writeStartObject();
        json.writeStringField("version", server.version());
        json.writeNumberField("pid", server.pid());
        json.writeStringField("state", server.state());
        text("since", server.since());
        text("runtime", server.runtime());
        paths("unitDirectories", server.unitDirectories());
        json.writeNumberField("unitsLoaded", server.unitsLoaded());
        json.writeNumberField("unitsFailed", server.unitsFailed());
        json.writeNumberField("listenersBound", server.listenersBound());
        json.writeNumberField("listenersWanted", server.listenersWanted());
        json.writeNumberField("servicesRunning", server.servicesRunning());
        texts("problems", server.problems());
        number("memory", server.memory());
        json.writeNumberField("openFds", server.openFds());
        json.writeStringField("defaultTarget", server.defaultTarget());
        json.writeEndObject();
    }

    void write(List<UnitStatus> units) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("units");
        for (UnitStatus unit : units) {
            write(unit);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    void writeJobs(List<JobStatus> jobs) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("jobs");
        for (JobStatus job : jobs) {
            json.writeStartObject();
            json.writeNumberField("number", job.number());
            json.writeStringField("unit", job.unit());
            json.writeStringField("kind", job.kind());
            json.writeStringField("state", job.state());
            text("since", job.since());
            json.writeStringField("cause", job.cause());
            texts("waitsFor", job.waitsFor());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    void write(UnitStatus unit) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", unit.id());
        json.writeStringField("type", unit.type());
        json.writeFieldName("file");
        write(unit.file());
        json.writeFieldName("state");
        write(unit.state());
        texts("triggers", unit.triggers());
        texts("triggeredBy", unit.triggeredBy());
        if (unit.socket() != null) {
            json.writeFieldName("socket");
            write(unit.socket());
        }
        if (unit.service() != null) {
            json.writeFieldName("service");
            write(unit.service());
        }
        if (unit.lastWake() != null) {
            json.writeFieldName("lastWake");
            write(unit.lastWake());
        }
        map("directives", unit.directives());
        texts("warnings", unit.warnings());
        texts("refusals", unit.refusals());
        json.writeEndObject();
    }

    void write(Outcome outcome) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("units");
        for (UnitOutcome unit : outcome.units()) {
            json.writeStartObject();
            json.writeStringField("unit", unit.unit());
            json.writeNumberField("exitStatus", unit.exitStatus());
            json.writeStringField("message", unit.message());
            texts("notes", unit.notes());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    void write(ApiProblem problem) throws IOException {
        json.writeStartObject();
        json.writeStringField("error", problem.error());
        json.writeStringField("hint", problem.hint());
        json.writeEndObject();
    }

    private void write(UnitFile file) throws IOException {
        json.writeStartObject();
        texts("names", file.names());
        json.writeStringField("description", file.description());
        texts("documentation", file.documentation());
        json.writeStringField("loadState", file.loadState());
        json.writeStringField("fileState", file.fileState());
        text("fragment", file.fragment());
        paths("dropIns", file.dropIns());
        json.writeEndObject();
    }

    private void write(UnitState state) throws IOException {
        json.writeStartObject();
        json.writeStringField("active", state.active().word());
        json.writeStringField("sub", state.sub());
        json.writeStringField("result", state.result());
        text("since", state.since());
        text("reason", state.reason());
        text("retryAt", state.retryAt());
        if (state.order() != null) {
            json.writeFieldName("order");
            write(state.order());
        }
        json.writeEndObject();
    }

    private void write(SocketStatus socket) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("listeners");
        for (ListenerStatus listener : socket.listeners()) {
            write(listener);
        }
        json.writeEndArray();
        json.writeBooleanField("accepting", socket.accepting());
        json.writeNumberField("accepted", socket.accepted());
        json.writeNumberField("connections", socket.connections());
        json.writeNumberField("refused", socket.refused());
        json.writeObjectFieldStart("refusedBy");
        for (Map.Entry<String, Long> cause : socket.refusedBy().entrySet()) {
            json.writeNumberField(cause.getKey(), cause.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("activations", socket.activations());
        if (socket.suspended() != null) {
            json.writeObjectFieldStart("suspended");
            json.writeStringField("cause", socket.suspended().cause());
            json.writeNumberField("attempt", socket.suspended().attempt());
            json.writeEndObject();
        }
        json.writeNumberField("droppedPackets", socket.droppedPackets());
        json.writeEndObject();
    }

    private void write(ListenerStatus listener) throws IOException {
        json.writeStartObject();
        json.writeStringField("address", listener.address());
        json.writeStringField("type", listener.type());
        json.writeStringField("fdName", listener.fdName());
        json.writeBooleanField("open", listener.open());
        json.writeNumberField("backlog", listener.backlog());
        json.writeNumberField("effectiveBacklog", listener.effectiveBacklog());
        json.writeNumberField("queued", listener.queued());
        json.writeNumberField("worst", listener.worst());
        json.writeNumberField("overflows", listener.overflows());
        json.writeEndObject();
    }

    private void write(ServiceStatus service) throws IOException {
        json.writeStartObject();
        if (service.main() != null) {
            json.writeFieldName("main");
            write(service.main());
        }
        json.writeArrayFieldStart("processes");
        for (ProcessStatus process : service.processes()) {
            json.writeStartObject();
            json.writeNumberField("pid", process.pid());
            json.writeStringField("commandLine", process.commandLine());
            json.writeEndObject();
        }
        json.writeEndArray();
        text("controlGroup", service.controlGroup());
        number("memory", service.memory());
        number("cpuNanos", service.cpuNanos());
        text("statusText", service.statusText());
        text("connection", service.connection());
        json.writeNumberField("restarts", service.restarts());
        if (service.idle() != null) {
            json.writeFieldName("idle");
            write(service.idle());
        }
        text("asleep", service.asleep());
        json.writeEndObject();
    }

    private void write(IdleStatus idle) throws IOException {
        json.writeStartObject();
        json.writeStringField("action", idle.action());
        json.writeNumberField("timeoutMicros", idle.timeoutMicros());
        json.writeNumberField("idleMicros", idle.idleMicros());
        json.writeStringField("evidence", idle.evidence());
        text("usedBy", idle.usedBy());
        text("keptAwakeBy", idle.keptAwakeBy());
        text("sleepsAt", idle.sleepsAt());
        json.writeEndObject();
    }

    private void write(OrderStatus order) throws IOException {
        json.writeStartObject();
        json.writeStringField("word", order.word());
        json.writeStringField("unit", order.unit());
        json.writeStringField("reason", order.reason());
        json.writeStringField("by", order.by());
        text("since", order.since());
        text("until", order.until());
        json.writeEndObject();
    }

    private void write(MainProcess main) throws IOException {
        json.writeStartObject();
        json.writeNumberField("pid", main.pid());
        json.writeStringField("name", main.name());
        text("started", main.started());
        text("exited", main.exited());
        text("code", main.code());
        json.writeNumberField("status", main.status());
        json.writeEndObject();
    }

    void write(WakeReport wake) throws IOException {
        json.writeStartObject();
        text("at", wake.at());
        json.writeStringField("cause", wake.cause());
        json.writeArrayFieldStart("phases");
        for (WakePhase phase : wake.phases()) {
            json.writeStartObject();
            json.writeStringField("name", phase.name());
            json.writeNumberField("micros", phase.micros());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void text(String field, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeStringField(field, value.toString());
        }
    }

    private void number(String field, @Nullable Long value) throws IOException {
        if (value != null) {
            json.writeNumberField(field, value);
        }
    }

    private void texts(String field, List<String> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private void paths(String field, List<Path> values) throws IOException {
        texts(field, values.stream().map(Path::toString).toList());
    }

    private void map(String field, Map<String, String> values) throws IOException {
        json.writeObjectFieldStart(field);
        for (Map.Entry<String, String> entry : values.entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }
}
