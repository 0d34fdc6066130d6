package dev.activator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SdNotifyTest {
    private static final long PID = 4711;

    @Test
    void whereNobodyWantsToKnowNothingHappens() {
        SdNotify notify = SdNotify.of(Map.of(), PID);
        assertThat(notify.isWanted()).isFalse();
        assertThat(notify.watchdogInterval()).isEmpty();
        assertThatCode(() -> {
                    notify.ready();
                    notify.status("x");
                    notify.watchdog();
                    notify.stopping();
                })
                .doesNotThrowAnyException();
    }

    @Test
    void theWatchdogIsFedTwiceAsOftenAsItBites() {
        Map<String, String> environment =
                Map.of("NOTIFY_SOCKET", "@x", "WATCHDOG_USEC", "3000000", "WATCHDOG_PID", "4711");
        assertThat(SdNotify.of(environment, PID).watchdogInterval()).contains(Duration.ofMillis(1500));
        assertThat(SdNotify.of(environment, 1).watchdogInterval())
                .as("another's")
                .isEmpty();
    }

    @Test
    void aManagerThatIsGoneIsTold() {
        SdNotify notify = SdNotify.of(Map.of("NOTIFY_SOCKET", "@nobody/here"), PID);
        assertThatThrownBy(notify::ready)
                .isInstanceOf(IOException.class)
                .hasMessage("sendmsg: ECONNREFUSED (nobody is there)");
    }
}
