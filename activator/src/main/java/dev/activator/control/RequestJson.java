package dev.activator.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the bodies that clients send: {@code {"verb": "stop", "units": ["web.service"], "options": {}}}, or the options alone. */
final class RequestJson {
    private static final JsonFactory JSON = new JsonFactory();

    private RequestJson() {}

    /** What a body asked for; an empty verb if it named none. */
    record Asked(String verb, List<String> units, Map<String, String> options) {}

    /**
     * Reads a whole request.
     *
     * @throws IOException if it is not one; the message says where
     */
    static Asked readRequest(String body) throws IOException {
        String verb = "";
        List<String> units = List.of();
        Map<String, String> options = Map.of();
        try (JsonParser json = JSON.createParser(body)) {
            expect(json, json.nextToken(), JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                switch (field) {
                    case "verb" -> verb = scalar(json, value);
                    case "units" -> units = readTexts(json, value);
                    case "options" -> options = readMap(json, value);
                    default -> throw new IOException("unknown field '" + field + "'");
                }
            }
            expect(json, json.currentToken(), JsonToken.END_OBJECT);
        }
        return new Asked(verb, units, options);
    }

    /**
     * Reads an object of scalars; no body at all is an empty one.
     *
     * @throws IOException if it is something else
     */
    static Map<String, String> readOptions(String body) throws IOException {
        if (body.isEmpty()) {
            return Map.of();
        }
        try (JsonParser json = JSON.createParser(body)) {
            return readMap(json, json.nextToken());
        }
    }

    private static List<String> readTexts(JsonParser json, JsonToken start) throws IOException {
        expect(json, start, JsonToken.START_ARRAY);
        List<String> texts = new ArrayList<>();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            texts.add(scalar(json, token));
        }
        return texts;
    }

    private static Map<String, String> readMap(JsonParser json, JsonToken start) throws IOException {
        expect(json, start, JsonToken.START_OBJECT);
        Map<String, String> map = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            map.put(field, scalar(json, json.nextToken()));
        }
        return map;
    }

    private static String scalar(JsonParser json, JsonToken token) throws IOException {
        if (token == null || !token.isScalarValue()) {
            throw new IOException(
                    "expected a text at line " + json.currentLocation().getLineNr());
        }
        return json.getText();
    }

    private static void expect(JsonParser json, JsonToken found, JsonToken wanted) throws IOException {
        if (found != wanted) {
            throw new IOException("expected " + wanted.asString() + " at line "
                    + json.currentLocation().getLineNr());
        }
    }
}
