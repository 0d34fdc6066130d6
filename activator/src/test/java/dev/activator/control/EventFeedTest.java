package dev.activator.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class EventFeedTest {
    private static final long NO_TIME = 0;

    private final EventFeed feed = new EventFeed(InstantSource.fixed(Instant.EPOCH));

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            feed.publish(Event.Kind.NOTE, "web.service", "happened");
        }
    }

    @Test
    void theLatestAreRemembered() {
        publish(300);

        assertThat(feed.latest()).hasSize(256);
        assertThat(feed.latest().get(0).number()).isEqualTo(45);
        assertThat(feed.latest().get(255).number()).isEqualTo(300);
    }

    @Test
    void transitionsAreForThoseWhoFollow() throws InterruptedException {
        feed.publish(Event.Kind.TRANSITION, "web.service", "dead -> start");
        try (EventFeed.Follower follower = feed.follow(0)) {
            feed.publish(Event.Kind.TRANSITION, "web.service", "start -> running");
            Event seen = follower.next(NO_TIME);
            assertThat(seen).isNotNull();
            assertThat(seen.text()).isEqualTo("start -> running");
            assertThat(follower.next(NO_TIME)).isNull();
        }
        assertThat(feed.isFollowed()).isFalse();
        assertThat(feed.latest()).isEmpty();
    }

    @Test
    void whoComesAgainGoesOnWhereItWas() throws InterruptedException {
        publish(5);
        try (EventFeed.Follower follower = feed.follow(3)) {
            Event first = follower.next(NO_TIME);
            assertThat(first).isNotNull();
            assertThat(first.number()).isEqualTo(4);
        }
    }

    @Test
    void whoDoesNotKeepUpLosesTheNewestAndIsToldHowMany() throws InterruptedException {
        try (EventFeed.Follower slow = feed.follow(0);
                EventFeed.Follower other = feed.follow(0)) {
            publish(1000);
            for (int i = 0; i < 1000; i++) {
                assertThat(other.next(NO_TIME)).isNotNull();
            }
            publish(100);

            assertThat(slow.takeLost()).isEqualTo(1100 - 1024);
            assertThat(slow.takeLost()).isZero();
            assertThat(other.takeLost()).isZero();
        }
    }
}
