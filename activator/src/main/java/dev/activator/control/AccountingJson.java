package dev.activator.control;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the records of the accounting as JSON, as {@link StatusJson} does: what is unknown is left out. */
final class AccountingJson {
    private final JsonGenerator json;

    AccountingJson(JsonGenerator json) {
        this.json = json;
    }

    void writeRuns(List<PastRun> runs) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("runs");
        for (PastRun run : runs) {
            json.writeStartObject();
            json.writeStringField("unit", run.unit());
            json.writeFieldName("wake");
            new StatusJson(json).write(run.wake());
            json.writeNumberField("waited", run.waited());
            if (run.endedAt() != null) {
                json.writeStringField("endedAt", run.endedAt().toString());
            }
            json.writeStringField("end", run.end());
            json.writeStringField("why", run.why());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    void writeEvents(List<Event> events) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("events");
        for (Event event : events) {
            EventStream.write(json, event);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    void write(SavingsReport report) throws IOException {
        json.writeStartObject();
        json.writeStringField("since", report.since().toString());
        json.writeStringField("until", report.until().toString());
        json.writeArrayFieldStart("units");
        for (UnitSavings unit : report.units()) {
            write(unit);
        }
        json.writeEndArray();
        json.writeFieldName("own");
        write(report.own());
        number("memoryByteSeconds", report.memoryByteSeconds());
        number("cpuNanos", report.cpuNanos());
        number("switches", report.switches());
        number("netMemoryByteSeconds", report.netMemoryByteSeconds());
        number("netCpuNanos", report.netCpuNanos());
        number("netSwitches", report.netSwitches());
        json.writeArrayFieldStart("notes");
        for (String note : report.notes()) {
            json.writeString(note);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(UnitSavings unit) throws IOException {
        json.writeStartObject();
        json.writeStringField("unit", unit.unit());
        number("awakeSeconds", unit.awakeSeconds());
        number("asleepSeconds", unit.asleepSeconds());
        number("frozenSeconds", unit.frozenSeconds());
        number("downSeconds", unit.downSeconds());
        json.writeFieldName("footprint");
        write(unit.footprint());
        number("memoryByteSeconds", unit.memoryByteSeconds());
        number("cpuNanos", unit.cpuNanos());
        number("switches", unit.switches());
        json.writeNumberField("wakes", unit.wakes());
        json.writeNumberField("waited", unit.waited());
        json.writeObjectFieldStart("latency");
        number("p50", unit.latency().p50());
        number("p95", unit.latency().p95());
        number("max", unit.latency().max());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void write(Footprint footprint) throws IOException {
        json.writeStartObject();
        number("memory", footprint.memory());
        number("memoryLow", footprint.memoryLow());
        number("memoryHigh", footprint.memoryHigh());
        number("cpuNanosPerSecond", footprint.cpuNanosPerSecond());
        number("switchesPerSecond", footprint.switchesPerSecond());
        if (footprint.threads() != null) {
            json.writeNumberField("threads", footprint.threads());
        }
        json.writeNumberField("samples", footprint.samples());
        json.writeBooleanField("isIdle", footprint.isIdle());
        json.writeStringField("unknown", footprint.unknown());
        json.writeEndObject();
    }

    private void write(OwnUse own) throws IOException {
        json.writeStartObject();
        number("upSeconds", own.upSeconds());
        number("memory", own.memory());
        number("memoryByteSeconds", own.memoryByteSeconds());
        number("cpuNanos", own.cpuNanos());
        number("switches", own.switches());
        json.writeNumberField("samples", own.samples());
        json.writeEndObject();
    }

    private void number(String name, @Nullable Long value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value);
        }
    }

    private void number(String name, @Nullable Double value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, Math.round(value * 1000) / 1000.0);
        }
    }
}
