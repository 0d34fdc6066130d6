package dev.activator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.activator.control.ApiProblem;
import dev.activator.control.JobStatus;
import dev.activator.control.Outcome;
import dev.activator.control.PastRun;
import dev.activator.control.SavingsReport;
import dev.activator.control.ServerStatus;
import dev.activator.control.UnitStatus;
import dev.activator.control.Verb;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks one super-server. Every method throws {@link Failure}, worded for the person at the terminal, if it cannot be asked. */
public final class ControlClient {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration ANY_TIME = Duration.ZERO;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final Path socket;
    private final UnixHttp http;

    /** @param socket the super-server's control socket; see {@link RuntimeDirectory#socket} */
    public ControlClient(Path socket) {
        this.socket = socket;
        this.http = new UnixHttp(socket);
    }

    public ServerStatus server() {
        return Json.read(serverJson(), ServerStatus.class);
    }

    JsonNode serverJson() {
        return tree("/v1/server");
    }

    /** All units, sorted, without what only {@link #unit} tells. */
    public List<UnitStatus> units() {
        List<UnitStatus> units = new ArrayList<>();
        tree("/v1/units").path("units").forEach(unit -> units.add(Json.read(unit, UnitStatus.class)));
        return units;
    }

    /** One unit with all that is known of it; empty if there is no such unit. */
    public Optional<UnitStatus> unit(String name) {
        return unitJson(name).map(unit -> Json.read(unit, UnitStatus.class));
    }

    Optional<JsonNode> unitJson(String name) {
        return find("/v1/units/" + encode(name)).map(Json::parse);
    }

    /** What is under way. */
    List<JobStatus> jobs() {
        List<JobStatus> jobs = new ArrayList<>();
        tree("/v1/jobs").path("jobs").forEach(job -> jobs.add(Json.read(job, JobStatus.class)));
        return jobs;
    }

    /** The latest wakes of all services, latest first. */
    List<PastRun> runs(int most) {
        return runs(tree("/v1/runs?limit=" + most));
    }

    /** The same of one service; empty if there is no such unit. */
    Optional<List<PastRun>> runs(String unit, int most) {
        return find("/v1/units/" + encode(unit) + "/runs?limit=" + most)
                .map(Json::parse)
                .map(ControlClient::runs);
    }

    private static List<PastRun> runs(JsonNode answer) {
        List<PastRun> runs = new ArrayList<>();
        answer.path("runs").forEach(run -> runs.add(Json.read(run, PastRun.class)));
        return runs;
    }

    /** What was saved from then on. */
    public SavingsReport savings(Instant since) {
        return Json.read(savingsJson(since), SavingsReport.class);
    }

    JsonNode savingsJson(Instant since) {
        return tree("/v1/savings?since=" + encode(since.toString()));
    }

    /** The latest events, oldest first. */
    JsonNode events() {
        return tree("/v1/events").path("events");
    }

    /** Copies server-sent events as they come, until it is stopped or the super-server ends. */
    void followEvents(OutputLines into) {
        follow("/v1/events?follow=yes", into);
    }

    /** The unit's files; empty if there is no such unit. */
    Optional<String> cat(String name) {
        return find("/v1/units/" + encode(name) + "/cat");
    }

    /** Last lines of the unit's log, each with its line feed; empty if there is no such unit. */
    Optional<String> log(String name, int lines) {
        return find("/v1/units/" + encode(name) + "/logs?lines=" + lines);
    }

    /** Copies the log's last lines and then what is added to it, until it is stopped or the super-server ends. */
    void follow(String name, int lines, OutputLines into) {
        follow("/v1/units/" + encode(name) + "/logs?follow=yes&lines=" + lines, into);
    }

    private void follow(String target, OutputLines into) {
        try (UnixHttp.Response response = http.exchange("GET", target, "", ANY_TIME)) {
            if (response.status() != OK) {
                throw refused(text(response.body()));
            }
            into.copy(response.body());
        } catch (IOException failure) {
            throw unreachable(failure);
        }
    }

    /** Has something done and waits until it is. */
    public Outcome request(Verb verb, List<String> units, Map<String, String> options) {
        String body = Json.text(Map.of("verb", verb.word(), "units", units, "options", options));
        try (UnixHttp.Response response = http.exchange("POST", "/v1/requests", body, ANY_TIME)) {
            JsonNode answer = Json.parse(text(response.body()));
            if (!answer.has("units")) {
                throw refused(answer.toString());
            }
            return Json.read(answer, Outcome.class);
        } catch (IOException failure) {
            throw unreachable(failure);
        }
    }

    private JsonNode tree(String target) {
        return Json.parse(find(target).orElseThrow(() -> new Failure(ExitStatus.FAILED, notOurs())));
    }

    private Optional<String> find(String target) {
        try (UnixHttp.Response response = http.exchange("GET", target, "", PATIENCE)) {
            String body = text(response.body());
            if (response.status() == NOT_FOUND) {
                return Optional.empty();
            }
            if (response.status() != OK) {
                throw refused(body);
            }
            return Optional.of(body);
        } catch (IOException failure) {
            throw unreachable(failure);
        }
    }

    private static Failure refused(String body) {
        ApiProblem problem = Json.read(Json.parse(body), ApiProblem.class);
        String hint = problem.hint().isEmpty() ? "" : "\n" + problem.hint();
        return new Failure(ExitStatus.UNKNOWN, problem.error() + hint);
    }

    private Failure unreachable(IOException failure) {
        String again = "Start one with 'activator run --units DIR', or say where it runs with --runtime DIR or "
                + RuntimeDirectory.VARIABLE + "=DIR.";
        String message = failure.getMessage();
        if (Files.notExists(socket)) {
            return new Failure(
                    ExitStatus.FAILED, "No super-server is running: '" + socket + "' does not exist.\n" + again);
        }
        if ("Connection refused".equals(message)) {
            return new Failure(
                    ExitStatus.FAILED,
                    "No super-server is running: nobody listens on '" + socket + "' any more.\n" + again);
        }
        return new Failure(ExitStatus.FAILED, "Cannot ask the super-server on '" + socket + "': " + message);
    }

    private String notOurs() {
        return "What listens on '" + socket + "' is not a super-server of this version.";
    }

    private static String text(InputStream body) throws IOException {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
