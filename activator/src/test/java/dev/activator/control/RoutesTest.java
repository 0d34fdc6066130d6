package dev.activator.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.control.testing.FakeOperations;
import dev.activator.control.testing.Samples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RoutesTest {
    private static final Caller OWNER = new Caller(1000, 1000, 1);
    private static final Caller ROOT = new Caller(0, 0, 2);
    private static final Caller STRANGER = new Caller(1001, 1001, 3);

    private final FakeOperations operations = new FakeOperations().with(Samples.webSocket(), Samples.webService());
    private final Routes routes = new Routes(operations, 1000);

    @Test
    void unitIsFoundByItsAlias() {
        assertThat(get("v1", "units", "www.socket")).startsWith("200 {\"id\":\"web.socket\"");
    }

    @Test
    void nameWithoutSuffixMeansTheService() {
        assertThat(get("v1", "units", "web")).startsWith("200 {\"id\":\"web.service\"");
    }

    @Test
    void listsCanBeLimitedToAType() {
        assertThat(get("v1", "sockets")).contains("\"web.socket\"").doesNotContain("\"id\":\"web.service\"");
    }

    @Test
    void anUnknownTypeIsRefusedWithThoseThatThereAre() {
        assertThat(call("GET", List.of("v1", "units"), Map.of("type", "bogus"), "", OWNER))
                .startsWith("400 {\"error\":\"type must be one of socket, service, target, not 'bogus'\"");
    }

    @Test
    void mistypedUnitGetsASuggestion() {
        assertThat(get("v1", "units", "wbe.socket"))
                .isEqualTo("404 {\"error\":\"Unit wbe.socket not found.\",\"hint\":\"did you mean 'web.socket'?\"}\n");
    }

    @Test
    void unknownPathSaysWhichThereAre() {
        assertThat(get("v2")).startsWith("404 {\"error\":\"no such path\"");
        assertThat(get("v1", "units", "web", "nonsense")).startsWith("404");
        assertThat(call("PUT", List.of("v1", "units"), Map.of(), "", OWNER)).startsWith("405");
    }

    @Test
    void ownerAndRootMayChangeAndAStrangerMayLook() {
        List<String> stop = List.of("v1", "units", "web", "stop");
        assertThat(call("POST", stop, Map.of(), "", OWNER)).startsWith("200");
        assertThat(call("POST", stop, Map.of(), "", ROOT)).startsWith("200");
        assertThat(call("POST", stop, Map.of(), "", STRANGER)).startsWith("403").contains("pid 3 of uid 1001");
        assertThat(call("GET", List.of("v1", "units", "web"), Map.of(), "", STRANGER))
                .startsWith("200");
        assertThat(operations.requests()).hasSize(2);
    }

    @Test
    void severalUnitsGoInOneRequestAndInOrder() {
        String body = "{\"verb\":\"start\",\"units\":[\"web.service\",\"web.socket\"],\"options\":{\"now\":\"yes\"}}";
        assertThat(call("POST", List.of("v1", "requests"), Map.of(), body, OWNER))
                .startsWith("200");
        assertThat(operations.requests())
                .containsExactly(
                        new Request(Verb.START, List.of("web.service", "web.socket"), Map.of("now", "yes"), OWNER));
    }

    @Test
    void requestThatMakesNoSenseIsRefused() {
        List<String> requests = List.of("v1", "requests");
        assertThat(call("POST", requests, Map.of(), "", OWNER)).startsWith("400");
        assertThat(call("POST", requests, Map.of(), "{\"verb\":\"dance\",\"units\":[]}", OWNER))
                .startsWith("400")
                .contains("dance");
        assertThat(call("POST", requests, Map.of(), "{\"verb\":\"stop\",\"units\":[]}", OWNER))
                .contains("stop needs units");
        assertThat(call("POST", requests, Map.of(), "{\"verb\":\"stop\",\"units\":[{}]}", OWNER))
                .startsWith("400");
        assertThat(call("POST", requests, Map.of(), "{\"verb\":\"stop\",", OWNER))
                .startsWith("400");
        assertThat(call("POST", List.of("v1", "start"), Map.of(), "", OWNER)).startsWith("404");
        assertThat(operations.requests()).isEmpty();
    }

    @Test
    void failureOfAUnitIsAConflictThatNamesIt() {
        operations.answer(name -> UnitOutcome.refused(name, UnitOutcome.FAILED, name + ": cannot start"));
        assertThat(call("POST", List.of("v1", "units", "web", "start"), Map.of(), "", OWNER))
                .isEqualTo("409 {\"units\":[{\"unit\":\"web.service\",\"exitStatus\":1,"
                        + "\"message\":\"web.service: cannot start\",\"notes\":[]}]}\n");
    }

    @Test
    void logOfAUnitThatHasWrittenNothingIsEmpty() {
        assertThat(get("v1", "units", "web", "logs")).isEqualTo("200 ");
        assertThat(call("GET", List.of("v1", "units", "web", "logs"), Map.of("lines", "-1"), "", OWNER))
                .startsWith("400");
        assertThat(call("GET", List.of("v1", "units", "web", "logs"), Map.of("lines", "x"), "", OWNER))
                .startsWith("400");
    }

    @Test
    void daemonReloadNamesNoUnit() {
        assertThat(call("POST", List.of("v1", "daemon-reload"), Map.of(), "", OWNER))
                .startsWith("200");
        assertThat(operations.requests().get(0).units()).isEmpty();
    }

    private String get(String... path) {
        return call("GET", List.of(path), Map.of(), "", OWNER);
    }

    private String call(String method, List<String> path, Map<String, String> query, String body, Caller caller) {
        ApiReply reply = routes.answer(new ApiCall(method, path, query, body, Map.of("accept", "text/plain"), caller))
                .toCompletableFuture()
                .join();
        if (reply instanceof ApiReply.Whole whole) {
            return whole.status() + " "
                    + StandardCharsets.UTF_8.decode(whole.body().duplicate());
        }
        return reply.toString();
    }
}
