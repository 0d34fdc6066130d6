package dev.activator.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Makes whole replies. */
final class Replies {
    static final int OK = 200;
    static final int BAD_REQUEST = 400;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int METHOD_NOT_ALLOWED = 405;
    static final int CONFLICT = 409;
    static final int LENGTH_REQUIRED = 411;
    static final int TOO_LARGE = 413;
    static final int INTERNAL_ERROR = 500;

    private static final JsonFactory JSON = new JsonFactory();

    private Replies() {}

    /** Writes one JSON value. */
    @FunctionalInterface
    interface Body {
        void writeTo(StatusJson json) throws IOException;
    }

    static ApiReply json(int status, Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator generator = JSON.createGenerator(bytes)) {
            body.writeTo(new StatusJson(generator));
            generator.writeRaw('\n');
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing JSON to memory", impossible);
        }
        return new ApiReply.Whole(status, "application/json", ByteBuffer.wrap(bytes.toByteArray()));
    }

    static ApiReply text(String text) {
        return new ApiReply.Whole(OK, "text/plain; charset=utf-8", StandardCharsets.UTF_8.encode(text));
    }

    static ApiReply problem(int status, String error, String hint) {
        return json(status, json -> json.write(new ApiProblem(error, hint)));
    }

    static ApiReply outcome(Outcome outcome) {
        return json(statusOf(outcome.exitStatus()), json -> json.write(outcome));
    }

    /** The words after a status of the API. RFC 9110 section 15. */
    static String phrase(int status) {
        return switch (status) {
            case OK -> "OK";
            case BAD_REQUEST -> "Bad Request";
            case FORBIDDEN -> "Forbidden";
            case NOT_FOUND -> "Not Found";
            case METHOD_NOT_ALLOWED -> "Method Not Allowed";
            case CONFLICT -> "Conflict";
            case LENGTH_REQUIRED -> "Length Required";
            case TOO_LARGE -> "Content Too Large";
            default -> "Internal Server Error";
        };
    }

    private static int statusOf(int exitStatus) {
        return switch (exitStatus) {
            case UnitOutcome.DONE -> OK;
            case UnitOutcome.NOT_ALLOWED -> FORBIDDEN;
            case UnitOutcome.NOT_FOUND -> NOT_FOUND;
            default -> CONFLICT;
        };
    }
}
