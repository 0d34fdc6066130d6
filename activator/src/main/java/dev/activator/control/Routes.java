package dev.activator.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Maps calls to operations; knows the API's paths and who may do what, nothing of HTTP's wire format. See docs/control-api.md. */
final class Routes {
    private static final String VERSION = "v1";
    private static final int MAX_LOG_LINES = 100_000;
    private static final int DEFAULT_LOG_LINES = 100;
    private static final int MAX_RUNS = 1000;
    private static final List<String> TYPES = List.of("socket", "service", "target");

    private final Operations operations;
    private final int ownUid;

    /** @param ownUid the super-server's own user; it and root may change things, everybody else who can connect may look */
    Routes(Operations operations, int ownUid) {
        this.operations = operations;
        this.ownUid = ownUid;
    }

    /** Answers a call; completes exceptionally only by a bug. */
    CompletionStage<ApiReply> answer(ApiCall call) {
        List<String> path = call.path();
        if (path.equals(List.of("metrics")) && call.method().equals("GET")) {
            MetricsText metrics = operations.metrics(call.headers().getOrDefault("accept", ""));
            return now(new ApiReply.Whole(
                    Replies.OK, metrics.contentType(), StandardCharsets.UTF_8.encode(metrics.text())));
        }
        if (path.isEmpty() || !path.get(0).equals(VERSION)) {
            return now(noSuchPath());
        }
        return switch (call.method()) {
            case "GET", "HEAD" -> now(show(call, path.subList(1, path.size())));
            case "POST" -> change(call, path.subList(1, path.size()));
            default ->
                now(Replies.problem(
                        Replies.METHOD_NOT_ALLOWED,
                        "method " + call.method() + " is not known here",
                        "GET shows, POST changes"));
        };
    }

    private ApiReply show(ApiCall call, List<String> path) {
        String first = path.isEmpty() ? "" : path.get(0);
        if (path.size() == 1) {
            return switch (first) {
                case "server" -> Replies.json(Replies.OK, json -> json.write(operations.server()));
                case "units" -> list(call.query().get("type"));
                case "sockets" -> list("socket");
                case "jobs" -> Replies.json(Replies.OK, json -> json.writeJobs(operations.jobs()));
                case "runs" -> runs(call, null);
                case "savings" -> savings(call);
                case "events" -> events(call);
                default -> noSuchPath();
            };
        }
        if (!first.equals("units") || path.size() > 3) {
            return noSuchPath();
        }
        String name = unitName(path.get(1));
        return switch (path.size() == 3 ? path.get(2) : "") {
            case "" ->
                operations
                        .unit(name)
                        .map(unit -> Replies.json(Replies.OK, json -> json.write(unit)))
                        .orElseGet(() -> noSuchUnit(name));
            case "cat" -> operations.cat(name).map(Replies::text).orElseGet(() -> noSuchUnit(name));
            case "logs" -> logs(call, name);
            case "runs" -> operations.unit(name).isPresent() ? runs(call, name) : noSuchUnit(name);
            default -> noSuchPath();
        };
    }

    private ApiReply list(@Nullable String type) {
        if (type != null && !TYPES.contains(type)) {
            return Replies.problem(
                    Replies.BAD_REQUEST,
                    "type must be one of " + String.join(", ", TYPES) + ", not '" + type + "'",
                    "");
        }
        List<UnitStatus> units = operations.units().stream()
                .filter(unit -> type == null || unit.type().equals(type))
                .toList();
        return Replies.json(Replies.OK, json -> json.write(units));
    }

    private ApiReply runs(ApiCall call, @Nullable String unit) {
        OptionalInt limit = number(call.query().getOrDefault("limit", Integer.toString(MAX_RUNS)), MAX_RUNS);
        if (limit.isEmpty()) {
            return Replies.problem(Replies.BAD_REQUEST, "limit must be 0.." + MAX_RUNS, "");
        }
        List<PastRun> runs =
                operations.runs(unit).stream().limit(limit.getAsInt()).toList();
        return Replies.json(Replies.OK, json -> new AccountingJson(json.generator()).writeRuns(runs));
    }

    private ApiReply savings(ApiCall call) {
        String text = call.query().getOrDefault("since", Instant.EPOCH.toString());
        try {
            SavingsReport report = operations.savings(Instant.parse(text));
            return Replies.json(Replies.OK, json -> new AccountingJson(json.generator()).write(report));
        } catch (DateTimeParseException other) {
            return Replies.problem(
                    Replies.BAD_REQUEST, "since must be a time, not '" + text + "'", "such as 2026-11-20T08:00:00Z");
        }
    }

    private ApiReply events(ApiCall call) {
        String unit = call.query().getOrDefault("unit", "");
        String last = call.headers().getOrDefault("last-event-id", call.query().getOrDefault("after", "0"));
        Long after = EventStream.number(last);
        if (after == null) {
            return Replies.problem(Replies.BAD_REQUEST, "after must be an event's number, not '" + last + "'", "");
        }
        ApiReply.Events events = new ApiReply.Events(operations.events(), after, unit);
        if (isYes(call.query().get("follow"))) {
            return events;
        }
        List<Event> latest = operations.events().latest().stream()
                .filter(event -> event.number() > after && events.wants(event))
                .toList();
        return Replies.json(Replies.OK, json -> new AccountingJson(json.generator()).writeEvents(latest));
    }

    /** Empty where it is none of 0..most. */
    private static OptionalInt number(String text, int most) {
        try {
            int number = Integer.parseInt(text);
            return number >= 0 && number <= most ? OptionalInt.of(number) : OptionalInt.empty();
        } catch (NumberFormatException notANumber) {
            return OptionalInt.empty();
        }
    }

    private ApiReply logs(ApiCall call, String name) {
        Optional<UnitStatus> unit = operations.unit(name);
        if (unit.isEmpty()) {
            return noSuchUnit(name);
        }
        OptionalInt lines =
                number(call.query().getOrDefault("lines", Integer.toString(DEFAULT_LOG_LINES)), MAX_LOG_LINES);
        if (lines.isEmpty()) {
            return Replies.problem(Replies.BAD_REQUEST, "lines must be 0.." + MAX_LOG_LINES, "");
        }
        boolean follow = isYes(call.query().get("follow"));
        Optional<Path> file = operations.logFile(unit.get().id());
        if (file.isEmpty() && !follow) {
            return Replies.text("");
        }
        if (file.isEmpty()) {
            return Replies.problem(
                    Replies.CONFLICT,
                    name + " has written nothing yet, so there is nothing to follow",
                    "ask again once it has been started");
        }
        return new ApiReply.Log(file.get(), lines.getAsInt(), follow);
    }

    private CompletionStage<ApiReply> change(ApiCall call, List<String> path) {
        if (!mayChange(call.caller())) {
            return now(Replies.problem(
                    Replies.FORBIDDEN,
                    call.caller() + " may look but not change anything",
                    "ask as root or as uid " + ownUid + ", which runs this super-server"));
        }
        try {
            return asked(call, path).map(this::carryOut).orElseGet(() -> now(noSuchPath()));
        } catch (IOException unreadable) {
            return now(Replies.problem(Replies.BAD_REQUEST, "cannot read the request: " + unreadable.getMessage(), ""));
        }
    }

    private CompletionStage<ApiReply> carryOut(Request request) {
        return operations.request(request).thenApply(Replies::outcome);
    }

    private static Optional<Request> asked(ApiCall call, List<String> path) throws IOException {
        if (path.equals(List.of("requests"))) {
            RequestJson.Asked asked = RequestJson.readRequest(call.body());
            Verb verb = Verb.of(asked.verb()).orElseThrow(() -> new IOException("unknown verb '" + asked.verb() + "'"));
            if (verb.namesUnits() == asked.units().isEmpty()) {
                throw new IOException(verb.word() + (verb.namesUnits() ? " needs units" : " takes no units"));
            }
            List<String> units = asked.units().stream().map(Routes::unitName).toList();
            return Optional.of(new Request(verb, units, asked.options(), call.caller()));
        }
        String word = path.isEmpty() ? "" : path.get(path.size() - 1);
        boolean ofUnit = path.size() == 3 && path.get(0).equals("units");
        if (!ofUnit && path.size() != 1) {
            return Optional.empty();
        }
        Map<String, String> options = new HashMap<>(call.query());
        options.putAll(RequestJson.readOptions(call.body()));
        List<String> units = ofUnit ? List.of(unitName(path.get(1))) : List.of();
        return Verb.of(word)
                .filter(verb -> verb.namesUnits() == ofUnit)
                .map(verb -> new Request(verb, units, options, call.caller()));
    }

    private boolean mayChange(Caller caller) {
        return caller.uid() == 0 || caller.uid() == ownUid;
    }

    private ApiReply noSuchUnit(String name) {
        List<String> known = operations.units().stream().map(UnitStatus::id).toList();
        String hint = Suggestion.closestUnit(name, known)
                .map(near -> "did you mean '" + near + "'?")
                .orElse("GET /v1/units lists all units");
        return Replies.problem(Replies.NOT_FOUND, "Unit " + name + " not found.", hint);
    }

    private static ApiReply noSuchPath() {
        return Replies.problem(
                Replies.NOT_FOUND,
                "no such path",
                "GET /v1/server, /v1/units, /v1/sockets, /v1/jobs, /v1/runs, /v1/savings, /v1/events, /v1/units/NAME, /v1/units/NAME/cat, "
                        + "/v1/units/NAME/logs, /v1/units/NAME/runs; "
                        + "POST /v1/units/NAME/VERB, /v1/daemon-reload, /v1/requests");
    }

    /** As systemctl reads names: without a known suffix a service is meant. */
    static String unitName(String text) {
        boolean complete = text.endsWith(".service") || text.endsWith(".socket") || text.endsWith(".target");
        return complete ? text : text + ".service";
    }

    private static boolean isYes(@Nullable String value) {
        return value != null
                && (value.isEmpty() || List.of("1", "yes", "true", "on").contains(value));
    }

    private static CompletionStage<ApiReply> now(ApiReply reply) {
        return CompletableFuture.completedFuture(reply);
    }
}
