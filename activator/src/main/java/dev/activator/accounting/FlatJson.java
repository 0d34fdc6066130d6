package dev.activator.accounting;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One JSON object a line, whose values are texts and numbers; both are texts here. */
final class FlatJson {
    /** Made when something is read. */
    private static final class Parsing {
        static final JsonFactory JSON = new JsonFactory();
    }

    private FlatJson() {}

    /** The line without its end. Jackson's generator, and the parser that comes with it, are left to processes that read. */
    static String line(Map<String, ?> values) {
        StringBuilder line = new StringBuilder("{");
        for (Map.Entry<String, ?> value : values.entrySet()) {
            if (line.length() > 1) {
                line.append(',');
            }
            quote(value.getKey(), line).append(':');
            if (value.getValue() instanceof Number number) {
                line.append(number);
            } else {
                quote(value.getValue().toString(), line);
            }
        }
        return line.append('}').toString();
    }

    private static StringBuilder quote(String text, StringBuilder line) {
        line.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, line);
        return line.append('"');
    }

    /** Empty where it is no such line: half of one that a full disk has cut off, say. */
    static Optional<Map<String, String>> parse(String line) {
        Map<String, String> values = new LinkedHashMap<>();
        try (JsonParser json = Parsing.JSON.createParser(line)) {
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
