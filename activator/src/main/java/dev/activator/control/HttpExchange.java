package dev.activator.control;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one connection's requests in their order, on a thread of its own, until the client leaves or has to. What a client does wrong
 * costs it its connection and is nobody else's trouble, so it is not logged.
 */
final class HttpExchange implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpExchange.class);

    private final Answering routes;
    private final ControlConnection connection;
    private final HttpReader reader;
    private final HttpWriter writer;

    HttpExchange(Answering routes, ControlConnection connection) {
        this.routes = routes;
        this.connection = connection;
        this.reader = new HttpReader(connection);
        this.writer = new HttpWriter(connection);
    }

    @Override
    public void run() {
        try {
            while (answerNext()) {
                // The condition does the work.
            }
        } catch (IOException left) {
            // Too slow, or gone.
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether another request may follow */
    private boolean answerNext() throws IOException, InterruptedException {
        try {
            Optional<HttpRequest> request = reader.next();
            return request.isPresent() && answer(request.get());
        } catch (HttpRefusal refusal) {
            send(Replies.problem(refusal.status(), refusal.reason(), "see docs/control-api.md"), false, true);
            return false;
        }
    }

    private boolean answer(HttpRequest request) throws IOException, InterruptedException {
        boolean isHead = request.method().equals("HEAD");
        ApiCall call = request.call(connection.caller());
        ApiReply reply = await(call, routes.answer(call));
        return send(reply, request.keepAlive(), !isHead) && request.keepAlive();
    }

    private static ApiReply await(ApiCall call, CompletionStage<ApiReply> answer) throws InterruptedException {
        try {
            return answer.toCompletableFuture().get();
        } catch (ExecutionException defect) {
            LOG.error("control: cannot answer {} /{}", call.method(), String.join("/", call.path()), defect.getCause());
            return Replies.problem(
                    Replies.INTERNAL_ERROR,
                    "internal error: " + defect.getCause(),
                    "the super-server's log has the details");
        }
    }

    private boolean send(ApiReply reply, boolean keepAlive, boolean withBody) throws IOException, InterruptedException {
        if (reply instanceof ApiReply.Log log) {
            return LogStream.send(connection, writer, log, keepAlive);
        }
        if (reply instanceof ApiReply.Events events) {
            EventStream.send(connection, writer, events);
            return false;
        }
        writer.whole((ApiReply.Whole) reply, keepAlive, withBody);
        return true;
    }
}
