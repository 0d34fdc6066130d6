package dev.activator.control;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One HTTP/1.1 request as it came.
 *
 * @param method {@code GET POST …}
 * @param target path and query, still percent-encoded
 * @param keepAlive whether the client may send another one on this connection
 * @param body UTF-8; empty if there is none
 * @param headers by their names in lower case
 */
record HttpRequest(String method, String target, boolean keepAlive, String body, Map<String, String> headers) {

    /**
     * The call that it makes.
     *
     * @throws HttpRefusal if its percent-encoding is wrong
     */
    ApiCall call(Caller caller) throws HttpRefusal {
        int question = target.indexOf('?');
        try {
            List<String> path = segments(question < 0 ? target : target.substring(0, question));
            Map<String, String> query = question < 0 ? Map.of() : parameters(target.substring(question + 1));
            return new ApiCall(method, path, query, body, headers, caller);
        } catch (IllegalArgumentException badEncoding) {
            throw new HttpRefusal(Replies.BAD_REQUEST, "the path's percent-encoding is wrong");
        }
    }

    /** Decoded one by one, so that an escaped slash stays part of a name; '+' is a plus in a path. */
    private static List<String> segments(String path) {
        return Arrays.stream(path.split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .map(segment -> decode(segment.replace("+", "%2B")))
                .toList();
    }

    /** The first value of each parameter; one without '=' is empty. */
    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            parameters.putIfAbsent(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
