package dev.activator.control;

import java.util.List;
import java.util.Map;

/**
 * One HTTP request, taken apart.
 *
 * @param method {@code GET POST …}
 * @param path the segments between the slashes, percent-decoded: {@code [v1, units, web.socket]}
 * @param query first value of each parameter
 * @param body at most {@link HttpReader#MAX_BODY} bytes of UTF-8; empty if there is none
 * @param headers by their names in lower case
 * @param caller who is asking
 */
record ApiCall(
        String method,
        List<String> path,
        Map<String, String> query,
        String body,
        Map<String, String> headers,
        Caller caller) {
    /** The same asked by someone else. */
    ApiCall by(Caller other) {
        return new ApiCall(method, path, query, body, headers, other);
    }
}
