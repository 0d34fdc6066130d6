package dev.activator.handoff;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a service tells its manager in one datagram: lines of {@code NAME=value}. The one place that writes and the one that reads
 * them. sd_notify(3).
 *
 * @param fields as sent, in their order; of a repeated name the first counts
 */
public record NotifyMessage(Map<String, String> fields) {
    /** More than this is no notification: systemd, too, drops what is longer. */
    public static final int LONGEST = 4096;

    public NotifyMessage {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Fields and values by turns: {@code of("READY", "1", "STATUS", "10 units")}. */
    public static NotifyMessage of(String... namesAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new NotifyMessage(fields);
    }

    /** Reads a datagram; null where it is none of this protocol: too long, or with a NUL in it. Lines without = are skipped. */
    public static @Nullable NotifyMessage decode(byte[] datagram) {
        String text = new String(datagram, StandardCharsets.UTF_8);
        if (datagram.length > LONGEST || text.indexOf(0) >= 0) {
            return null;
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                fields.putIfAbsent(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return new NotifyMessage(fields);
    }

    /** The datagram. A value keeps no line break, which would start another field. */
    public byte[] encode() {
        StringBuilder text = new StringBuilder();
        fields.forEach((name, value) ->
                text.append(name).append('=').append(value.replace('\n', ' ')).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** READY=1: started up, or done with reloading. */
    public boolean isReady() {
        return is("READY", "1");
    }

    /** RELOADING=1: another READY=1 follows. */
    public boolean isReloading() {
        return is("RELOADING", "1");
    }

    /** MONOTONIC_USEC=: when a reload began, which tells it from an older one. */
    public OptionalLong monotonicMicros() {
        return number("MONOTONIC_USEC");
    }

    /** STOPPING=1: on its way out. */
    public boolean isStopping() {
        return is("STOPPING", "1");
    }

    /** STATUS=: one line for people. */
    public Optional<String> status() {
        return text("STATUS");
    }

    /** NOTIFYACCESS=: who may send from now on. */
    public Optional<String> notifyAccess() {
        return text("NOTIFYACCESS");
    }

    /** ERRNO=: why it failed. */
    public OptionalInt errno() {
        return small("ERRNO");
    }

    /** BUSERROR=: why it failed, as a D-Bus error name. */
    public Optional<String> busError() {
        return text("BUSERROR");
    }

    /** VARLINKERROR=: why it failed, as a Varlink error name. */
    public Optional<String> varlinkError() {
        return text("VARLINKERROR");
    }

    /** EXIT_STATUS=: the code that it is about to exit with. */
    public OptionalInt exitStatus() {
        return small("EXIT_STATUS");
    }

    /** MAINPID=: which process counts as the service from now on. */
    public OptionalInt mainPid() {
        OptionalInt pid = small("MAINPID");
        return pid.isPresent() && pid.getAsInt() > 0 ? pid : OptionalInt.empty();
    }

    /** MAINPIDFDID=: the inode of that process's pidfd. */
    public OptionalLong mainPidfdId() {
        return number("MAINPIDFDID");
    }

    /** MAINPIDFD=1: the one descriptor that came along is a pidfd of the main process. */
    public boolean bringsMainPidfd() {
        return is("MAINPIDFD", "1");
    }

    /** WATCHDOG=1: still alive. */
    public boolean isWatchdogPing() {
        return is("WATCHDOG", "1");
    }

    /** WATCHDOG=trigger: treat me as if I had not pinged in time. */
    public boolean isWatchdogTrigger() {
        return is("WATCHDOG", "trigger");
    }

    /** WATCHDOG_USEC=: the interval of pings from now on. */
    public Optional<Duration> watchdogInterval() {
        return duration("WATCHDOG_USEC");
    }

    /** EXTEND_TIMEOUT_USEC=: how long from now the current start, stop or run may still take. */
    public Optional<Duration> extendTimeout() {
        return duration("EXTEND_TIMEOUT_USEC");
    }

    /** RESTART_RESET=1: the growing restart delay starts anew. */
    public boolean resetsRestartDelay() {
        return is("RESTART_RESET", "1");
    }

    /** FDSTORE=1: keep the descriptors that came along for my next start. */
    public boolean storesFds() {
        return is("FDSTORE", "1");
    }

    /** FDSTOREREMOVE=1: forget the stored descriptors of this FDNAME. */
    public boolean removesStoredFds() {
        return is("FDSTOREREMOVE", "1");
    }

    /** FDNAME=: name of the descriptors to store or remove. */
    public Optional<String> fdName() {
        return text("FDNAME");
    }

    /** FDPOLL=0 is absent: a stored descriptor is dropped once it reports a hang-up or an error. */
    public boolean dropsFdsOnHangup() {
        return !is("FDPOLL", "0");
    }

    /** BARRIER=1: close the one descriptor that came along once everything sent before is done with. */
    public boolean isBarrier() {
        return is("BARRIER", "1");
    }

    private boolean is(String name, String value) {
        return value.equals(fields.get(name));
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    private OptionalLong number(String name) {
        String value = fields.getOrDefault(name, "");
        return value.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(value)) : OptionalLong.empty();
    }

    private OptionalInt small(String name) {
        OptionalLong value = number(name);
        return value.isPresent() && value.getAsLong() <= Integer.MAX_VALUE
                ? OptionalInt.of((int) value.getAsLong())
                : OptionalInt.empty();
    }

    private Optional<Duration> duration(String name) {
        OptionalLong micros = number(name);
        return micros.isPresent() ? Optional.of(Duration.of(micros.getAsLong(), ChronoUnit.MICROS)) : Optional.empty();
    }
}
