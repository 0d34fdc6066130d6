package dev.activator.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** An event on its way: from who tells it to who follows, and to the text that a client of the control API gets. */
@State(Scope.Thread)
public class EventEncodingBenchmark {
    private static final String UNIT = "web@17-127.0.0.1:8080-127.0.0.1:40112.service";
    private static final String TEXT = "dead -> start (connection on 127.0.0.1:8080)";

    private final JsonFactory json = new JsonFactory();
    private final Event event =
            new Event(4711, Instant.parse("2026-01-02T03:04:05.678901Z"), Event.Kind.TRANSITION, UNIT, TEXT);
    private final EventFeed feed = new EventFeed(InstantSource.system());
    private final EventFeed alone = new EventFeed(InstantSource.system());
    private EventFeed.Follower follower;

    @Setup
    public void follow() {
        follower = feed.follow(Long.MAX_VALUE);
    }

    @TearDown
    public void leave() {
        follower.close();
    }

    @Benchmark
    public String asJson() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = json.createGenerator(text)) {
            EventStream.write(generator, event);
        }
        return text.toString();
    }

    @Benchmark
    public Event toOneWhoFollows() throws InterruptedException {
        feed.publish(Event.Kind.TRANSITION, UNIT, TEXT);
        return follower.next(0);
    }

    @Benchmark
    public void whileNobodyFollows() {
        alone.publish(Event.Kind.TRANSITION, UNIT, TEXT);
    }
}
