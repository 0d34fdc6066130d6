package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NotifyMessageTest {

    @Test
    void whatIsWrittenIsReadAgain() {
        NotifyMessage written = NotifyMessage.of("READY", "1", "STATUS", "10 connections", "MAINPID", "4711");

        assertThat(NotifyMessage.decode(written.encode())).isEqualTo(written);
    }

    @Test
    void everyFieldOfTheProtocolIsUnderstood() {
        NotifyMessage message = decode("""
                READY=1
                RELOADING=1
                STOPPING=1
                MONOTONIC_USEC=123456789
                STATUS=Würzburg ok
                NOTIFYACCESS=all
                ERRNO=2
                BUSERROR=org.example.Failed
                VARLINKERROR=org.example.failed
                EXIT_STATUS=3
                MAINPID=4711
                MAINPIDFDID=99
                MAINPIDFD=1
                WATCHDOG=1
                WATCHDOG_USEC=20000000
                EXTEND_TIMEOUT_USEC=5000000
                RESTART_RESET=1
                FDSTORE=1
                FDSTOREREMOVE=1
                FDNAME=state
                FDPOLL=0
                BARRIER=1
                """);

        assertThat(message.isReady() && message.isReloading() && message.isStopping())
                .isTrue();
        assertThat(message.monotonicMicros()).hasValue(123456789);
        assertThat(message.status()).contains("Würzburg ok");
        assertThat(message.notifyAccess()).contains("all");
        assertThat(message.errno()).hasValue(2);
        assertThat(message.busError()).contains("org.example.Failed");
        assertThat(message.varlinkError()).contains("org.example.failed");
        assertThat(message.exitStatus()).hasValue(3);
        assertThat(message.mainPid()).hasValue(4711);
        assertThat(message.mainPidfdId()).hasValue(99);
        assertThat(message.bringsMainPidfd()).isTrue();
        assertThat(message.isWatchdogPing()).isTrue();
        assertThat(message.watchdogInterval()).contains(Duration.ofSeconds(20));
        assertThat(message.extendTimeout()).contains(Duration.ofSeconds(5));
        assertThat(message.resetsRestartDelay()).isTrue();
        assertThat(message.storesFds() && message.removesStoredFds()).isTrue();
        assertThat(message.fdName()).contains("state");
        assertThat(message.dropsFdsOnHangup()).isFalse();
        assertThat(message.isBarrier()).isTrue();
    }

    @Test
    void valuesThatMakeNoSenseAreAsIfUnset() {
        NotifyMessage message =
                decode("READY=yes\nMAINPID=-5\nERRNO=99999999999\nWATCHDOG_USEC=x\nEXIT_STATUS=\n=1\nnothing\n");

        assertThat(message.isReady()).isFalse();
        assertThat(message.mainPid()).isEmpty();
        assertThat(message.errno()).isEmpty();
        assertThat(message.watchdogInterval()).isEmpty();
        assertThat(message.exitStatus()).isEmpty();
        assertThat(message.dropsFdsOnHangup()).isTrue();
    }

    @Test
    void ofARepeatedFieldTheFirstCounts() {
        assertThat(decode("STATUS=a\nSTATUS=b").status()).contains("a");
    }

    @Test
    void valueCannotSmuggleInAnotherField() {
        byte[] datagram = NotifyMessage.of("STATUS", "fine\nMAINPID=1").encode();

        assertThat(decode(new String(datagram, StandardCharsets.UTF_8)).mainPid())
                .isEmpty();
    }

    @Test
    void datagramThatIsTooLongOrHasANulIsNone() {
        assertThat(NotifyMessage.decode(new byte[] {'A', '=', 0})).isNull();
        assertThat(NotifyMessage.decode("A=b".repeat(2000).getBytes(StandardCharsets.UTF_8)))
                .isNull();
    }

    @Test
    void randomBytesHarmNobody() {
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            NotifyMessage message = NotifyMessage.decode(bytes);
            if (message != null) {
                assertThat(message.mainPid()).isEmpty();
            }
        }
    }

    private static NotifyMessage decode(String text) {
        NotifyMessage message = NotifyMessage.decode(text.getBytes(StandardCharsets.UTF_8));
        assertThat(message).isNotNull();
        return java.util.Objects.requireNonNull(message);
    }
}
