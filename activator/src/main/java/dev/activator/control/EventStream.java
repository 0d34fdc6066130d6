package dev.activator.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Sends events as they come, as server-sent events in a chunked response, until the client leaves. One that does not read is dropped when the
 * connection's patience ends; what waits for it is bounded by the feed. HTML Living Standard, section 9.2.
 */
final class EventStream {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int LOOK_MILLIS = 1000;
    /** So that nobody between here and there takes the silence for an end. */
    private static final int LOOKS_TO_COMMENT = 15;

    private EventStream() {}

    static void send(ControlConnection connection, HttpWriter writer, ApiReply.Events reply)
            throws IOException, InterruptedException {
        try (EventFeed.Follower follower = reply.feed().follow(reply.after())) {
            writer.beginChunks("text/event-stream; charset=utf-8", false);
            int silent = 0;
            while (!connection.isLeftWithin(0)) {
                Event event = follower.next(LOOK_MILLIS);
                long lost = follower.takeLost();
                if (lost > 0) {
                    chunk(writer, "event: lost\ndata: {\"count\":" + lost + "}\n\n");
                }
                if (event != null && reply.wants(event)) {
                    chunk(writer, text(event));
                    silent = 0;
                } else if (event == null && ++silent % LOOKS_TO_COMMENT == 0) {
                    chunk(writer, ": nothing\n\n");
                }
            }
        }
    }

    private static void chunk(HttpWriter writer, String text) throws IOException {
        writer.chunk(StandardCharsets.UTF_8.encode(text));
    }

    private static String text(Event event) {
        return "id: " + event.number() + "\nevent: " + event.kind().word() + "\ndata: " + json(event) + "\n\n";
    }

    private static String json(Event event) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(json, event);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing JSON to memory", impossible);
        }
        return text.toString();
    }

    static void write(JsonGenerator json, Event event) throws IOException {
        json.writeStartObject();
        json.writeNumberField("number", event.number());
        json.writeStringField("at", event.at().toString());
        json.writeStringField("kind", event.kind().word());
        json.writeStringField("unit", event.unit());
        json.writeStringField("text", event.text());
        json.writeEndObject();
    }

    /** The number after which a client that comes again wants to go on; null where it is none. */
    static @Nullable Long number(String text) {
        return text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
    }
}
