package dev.activator.accounting;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One JSON object a line, whose values are texts and numbers; both are texts here. */
final class FlatJson {
    private static final JsonFactory JSON = new JsonFactory();

    private FlatJson() {}

    /** The line without its end. */
    static String line(Map<String, ?> values) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            for (Map.Entry<String, ?> value : values.entrySet()) {
                if (value.getValue() instanceof Number number) {
                    json.writeFieldName(value.getKey());
                    json.writeNumber(number.toString());
                } else {
                    json.writeStringField(value.getKey(), value.getValue().toString());
                }
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing JSON to memory", impossible);
        }
        return line.toString();
    }

    /** Empty where it is no such line: half of one that a full disk has cut off, say. */
    static Optional<Map<String, String>> parse(String line) {
        Map<String, String> values = new LinkedHashMap<>();
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            for (JsonToken token = json.nextToken(); token != JsonToken.END_OBJECT; token = json.nextToken()) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (token != JsonToken.FIELD_NAME || !value.isScalarValue()) {
                    return Optional.empty();
                }
                values.put(name, json.getText());
            }
            return json.nextToken() == null ? Optional.of(values) : Optional.empty();
        } catch (IOException | NullPointerException cut) {
            return Optional.empty();
        }
    }
}
