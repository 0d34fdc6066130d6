package dev.activator.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Function;

/** Reads the control API's JSON into its records, and prints JSON for {@code --json}. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            // A newer super-server may tell more than this command line knows of.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new SimpleModule()
                    .addDeserializer(Instant.class, new Scalar<>(Instant.class, Instant::parse))
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addDeserializer(Path.class, new Scalar<>(Path.class, Path::of)))
            .build();

    private Json() {}

    static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException garbage) {
            throw new Failure(ExitStatus.FAILED, "The answer is not JSON: " + garbage.getOriginalMessage());
        }
    }

    static <T> T read(JsonNode json, Class<T> type) {
        try {
            return MAPPER.treeToValue(json, type);
        } catch (JsonProcessingException other) {
            throw new Failure(ExitStatus.FAILED, "The answer is not what was asked for: " + other.getOriginalMessage());
        }
    }

    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    static String text(Object value) {
        return tree(value).toString();
    }

    /** Indented, as {@code --json} prints it. */
    public static String pretty(Object value) {
        return tree(value).toPrettyString();
    }

    /** A value that is one text. Jackson's own reader of paths takes them for URIs and stumbles over odd file names. */
    private static final class Scalar<T> extends StdScalarDeserializer<T> {
        private static final long serialVersionUID = 1;

        private final transient Function<String, T> parser;

        Scalar(Class<T> type, Function<String, T> parser) {
            super(type);
            this.parser = parser;
        }

        @Override
        public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return parser.apply(json.getText());
        }
    }
}
