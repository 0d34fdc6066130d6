package dev.activator.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lets those at the API who have the token, and everybody have the page itself and the metrics. A browser does not send the token by itself, so
 * no other site can ask in its user's name; and what was not asked under a name of the loopback is refused, so none can pretend to be here
 * (DNS rebinding).
 */
final class PageGuard implements Answering {
    private static final String SCHEME = "Bearer ";

    private final Answering routes;
    private final PageAddress address;
    private final byte[] token;
    private final Caller owner;

    /** @param owner who those with the token are */
    PageGuard(Answering routes, PageAddress address, String token, Caller owner) {
        this.routes = routes;
        this.address = address;
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.owner = owner;
    }

    @Override
    public CompletionStage<ApiReply> answer(ApiCall call) {
        String host = call.headers().getOrDefault("host", "");
        String origin = call.headers().getOrDefault("origin", "http://" + host);
        if (!address.hosts().contains(host) || !origin.equals("http://" + host)) {
            return refused("this is not asked from the page at " + address.url());
        }
        if (call.path().isEmpty() && call.method().matches("GET|HEAD")) {
            return CompletableFuture.completedFuture(page());
        }
        if (call.path().equals(List.of("metrics"))) {
            return routes.answer(call.by(owner));
        }
        if (!hasToken(call.headers().getOrDefault("authorization", ""))) {
            return refused("the token is missing or wrong");
        }
        return routes.answer(call.by(owner));
    }

    /** In a time that does not depend on where they differ. */
    private boolean hasToken(String authorization) {
        byte[] given = authorization.startsWith(SCHEME)
                ? authorization.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8)
                : new byte[0];
        return MessageDigest.isEqual(given, token);
    }

    private static CompletionStage<ApiReply> refused(String why) {
        return CompletableFuture.completedFuture(
                Replies.problem(Replies.FORBIDDEN, why, "'activator page' prints the address with the token"));
    }

    private static ApiReply page() {
        try (InputStream page = PageGuard.class.getResourceAsStream("page.html")) {
            byte[] bytes = Objects.requireNonNull(page, "page.html").readAllBytes();
            return new ApiReply.Whole(Replies.OK, "text/html; charset=utf-8", ByteBuffer.wrap(bytes));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("page.html", unreadable);
        }
    }
}
