package dev.activator.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns one YAML or JSON text into assignments, token by token, with the place of each. */
final class StructuredReader {
    private static final String SHAPE =
            "expected unit names, in them sections, in them settings with a value or a list of values";

    private static final int LONGEST_CLAUSE = 120;
    private static final Pattern PLACE =
            Pattern.compile("^ in .*, line ([0-9]{1,9}), column ([0-9]{1,9}):", Pattern.MULTILINE);

    private final Path path;
    private final JsonParser parser;
    private final boolean isYaml;
    private final Map<UnitName, UnitFile> units = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /** Why the rest cannot be read. */
    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Location at;

        Broken(Location at, String message) {
            super(message, null, false, false);
            this.at = at;
        }
    }

    private StructuredReader(Path path, JsonParser parser, boolean isYaml) {
        this.path = path;
        this.isYaml = isYaml;
        this.parser = parser;
    }

    static StructuredFiles.Declared read(Path path, String text) {
        boolean isYaml = !path.toString().endsWith(".json");
        JsonFactory factory = isYaml ? Yaml.factory() : new JsonFactory();
        try (JsonParser parser = factory.createParser(text)) {
            StructuredReader reader = new StructuredReader(path, parser, isYaml);
            reader.file();
            return new StructuredFiles.Declared(path, reader.units, reader.problems);
        } catch (Broken e) {
            return StructuredFiles.Declared.broken(e.at, String.valueOf(e.getMessage()));
        } catch (JsonProcessingException e) {
            return StructuredFiles.Declared.broken(placeOf(path, e), clause(e.getOriginalMessage()));
        } catch (IOException e) {
            return StructuredFiles.Declared.broken(
                    new Location(path, 0, 0), "cannot be read: " + FileTrouble.reason(e));
        }
    }

    /** What needs the YAML parser; a class of its own, so that it is loaded only for YAML files. */
    private static final class Yaml {
        static boolean isReference(JsonParser parser) {
            return parser instanceof com.fasterxml.jackson.dataformat.yaml.YAMLParser yaml && yaml.isCurrentAlias();
        }

        static JsonFactory factory() {
            return new com.fasterxml.jackson.dataformat.yaml.YAMLFactory();
        }
    }

    /** What a parser says, in one line: YAML's tells what it was doing, where, what it found there, and where that is. */
    private static String clause(String message) {
        String text = message.lines()
                .filter(line -> !line.startsWith(" "))
                .limit(2)
                .map(line -> Quoted.shorten(line, LONGEST_CLAUSE))
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "is no valid text" : text;
    }

    /** The last place that the message names, which is that of what was found; else where the parser stands. */
    private static Location placeOf(Path path, JsonProcessingException failure) {
        Location place = location(path, failure.getLocation());
        Matcher named = PLACE.matcher(failure.getOriginalMessage());
        while (named.find()) {
            place = new Location(path, Integer.parseInt(named.group(1)), Integer.parseInt(named.group(2)));
        }
        return place;
    }

    private void file() throws IOException, Broken {
        JsonToken token = parser.nextToken();
        if (token == null) {
            return;
        }
        expect(token, JsonToken.START_OBJECT);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            unit();
        }
        JsonToken more = parser.nextToken();
        if (more != null) {
            throw new Broken(here(), "more than one document");
        }
    }

    private void unit() throws IOException, Broken {
        String key = parser.currentName();
        Location at = here();
        UnitName name = UnitName.parse(key);
        UnitFileBuilder file = new UnitFileBuilder(path, at);
        mapping(section -> section(section, file));
        if (name == null) {
            problems.add(new Problem(
                    at,
                    Problem.Severity.WARNING,
                    "'" + Quoted.shorten(key) + "' is no full unit name such as 'web.socket', ignoring it"));
        } else if (units.put(name, file.build()) != null) {
            throw new Broken(at, "unit '" + name + "' is declared twice in this file");
        }
    }

    private void section(String section, UnitFileBuilder file) throws IOException, Broken {
        file.header(section, here());
        mapping(key -> setting(section, key, file));
    }

    private void setting(String section, String key, UnitFileBuilder file) throws IOException, Broken {
        Location at = here();
        JsonToken token = parser.nextToken();
        if (token != JsonToken.START_ARRAY) {
            file.assign(section, key, at, value(token, key), here());
            return;
        }
        for (token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            file.assign(section, key, at, value(token, key), here());
        }
    }

    private String value(JsonToken token, String key) throws IOException, Broken {
        if (token == JsonToken.VALUE_NULL) {
            return "";
        }
        if (token == null || !token.isScalarValue()) {
            throw new Broken(here(), "value of '" + Quoted.shorten(key) + "': " + SHAPE);
        }
        if (isYaml && Yaml.isReference(parser)) {
            throw new Broken(
                    here(), "value of '" + Quoted.shorten(key) + "': references such as '*name' are not followed");
        }
        String text = parser.getText().strip();
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0 || text.indexOf('\0') >= 0) {
            throw new Broken(here(), "value of '" + Quoted.shorten(key) + "' has more than one line");
        }
        return text;
    }

    private interface Member {
        void read(String key) throws IOException, Broken;
    }

    /** The members of the mapping that follows; each key once. */
    private void mapping(Member member) throws IOException, Broken {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        expect(token, JsonToken.START_OBJECT);
        Set<String> keys = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            if (!keys.add(key)) {
                throw new Broken(here(), "'" + Quoted.shorten(key) + "' stands here twice; give it a list of values");
            }
            member.read(key);
        }
    }

    private void expect(JsonToken token, JsonToken expected) throws Broken {
        if (token != expected) {
            throw new Broken(here(), SHAPE);
        }
    }

    private Location here() {
        return location(path, parser.currentTokenLocation());
    }

    private static Location location(Path path, JsonLocation at) {
        return at == null
                ? new Location(path, 0, 0)
                : new Location(path, Math.max(0, at.getLineNr()), Math.max(0, at.getColumnNr()));
    }
}
