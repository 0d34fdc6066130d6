package dev.activator.service;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the super-server how this service is doing. sd_notify(3). Where nobody wants to know (NOTIFY_SOCKET is not set) every message is
 * dropped, so that a service need not ask. Any thread; each message is one datagram, and is not waited for.
 */
public final class SdNotify {
    private static final String ADDRESS = "NOTIFY_SOCKET";
    private static final long NANOS_PER_MICRO = 1000;

    private final String address;
    private final Duration watchdog;

    private SdNotify(String address, Duration watchdog) {
        this.address = address;
        this.watchdog = watchdog;
    }

    /** To whom NOTIFY_SOCKET says. */
    public static SdNotify ofEnvironment() {
        return of(System.getenv(), ProcessHandle.current().pid());
    }

    static SdNotify of(Map<String, String> environment, long pid) {
        String address = environment.getOrDefault(ADDRESS, "");
        boolean isUnix = address.length() > 1 && (address.startsWith("/") || address.startsWith("@"));
        String meantFor = environment.getOrDefault("WATCHDOG_PID", Long.toString(pid));
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        boolean isWatched = isUnix && micros.matches("[1-9][0-9]{0,17}") && meantFor.equals(Long.toString(pid));
        return new SdNotify(
                isUnix ? address : "",
                isWatched ? Duration.ofNanos(Long.parseLong(micros) * NANOS_PER_MICRO) : Duration.ZERO);
    }

    /** Whether anybody listens. */
    public boolean isWanted() {
        return !address.isEmpty();
    }

    /** The service is up: clients are let in, or with {@code Type=notify} those that wait for it count as served. */
    public void ready() throws IOException {
        send("READY=1\n");
    }

    /** The service is up, and says so in a line that {@code status} shows. */
    public void ready(String status) throws IOException {
        send("READY=1\nSTATUS=" + oneLine(status) + "\n");
    }

    /** The service goes down by itself. */
    public void stopping() throws IOException {
        send("STOPPING=1\n");
    }

    /** The service reads its configuration again; {@link #ready()} ends that. */
    public void reloading() throws IOException {
        send("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / NANOS_PER_MICRO + "\n");
    }

    /** One line for {@code status}. */
    public void status(String line) throws IOException {
        send("STATUS=" + oneLine(line) + "\n");
    }

    /** Start or stop takes this much longer, counted from now. */
    public void extendTimeout(Duration more) throws IOException {
        send("EXTEND_TIMEOUT_USEC=" + more.toNanos() / NANOS_PER_MICRO + "\n");
    }

    /** How often {@link #watchdog} must be called at least, which is twice as often as WatchdogSec= says; empty where it need not. */
    public Optional<Duration> watchdogInterval() {
        return watchdog.isZero() ? Optional.empty() : Optional.of(watchdog.dividedBy(2));
    }

    /** The service is alive. */
    public void watchdog() throws IOException {
        send("WATCHDOG=1\n");
    }

    /**
     * Keeps a descriptor for the next run of the service, where FileDescriptorStoreMax= allows it.
     *
     * @param name under which it comes back among {@link ListenFds}
     * @param fd stays the caller's
     */
    public void store(String name, int fd) throws IOException {
        send("FDSTORE=1\nFDNAME=" + oneLine(name) + "\n", List.of(fd));
    }

    /** Forgets what was stored under that name. */
    public void removeStored(String name) throws IOException {
        send("FDSTOREREMOVE=1\nFDNAME=" + oneLine(name) + "\n");
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ');
    }

    private void send(String message) throws IOException {
        send(message, List.of());
    }

    private void send(String message, List<Integer> fds) throws IOException {
        if (!isWanted()) {
            return;
        }
        SocketCalls calls = new SocketCalls();
        int socket = calls.open(SocketCalls.AF_UNIX, SocketCalls.SOCK_DGRAM);
        try {
            calls.send(socket, message, fds, address);
        } finally {
            calls.close(socket);
        }
    }
}
