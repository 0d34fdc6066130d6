package dev.activator.control.testing;

import dev.activator.control.ActiveState;
import dev.activator.control.Footprint;
import dev.activator.control.IdleStatus;
import dev.activator.control.ListenerStatus;
import dev.activator.control.MainProcess;
import dev.activator.control.OwnUse;
import dev.activator.control.ProcessStatus;
import dev.activator.control.SavingsReport;
import dev.activator.control.ServerStatus;
import dev.activator.control.ServiceStatus;
import dev.activator.control.SocketStatus;
import dev.activator.control.UnitFile;
import dev.activator.control.UnitSavings;
import dev.activator.control.UnitState;
import dev.activator.control.UnitStatus;
import dev.activator.control.WakeLatency;
import dev.activator.control.WakePhase;
import dev.activator.control.WakeReport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Units as a super-server would show them, at {@link #NOW}. */
public final class Samples {
    public static final Instant NOW = Instant.parse("2026-11-20T08:05:00Z");
    private static final Instant EARLIER = Instant.parse("2026-11-20T08:00:00Z");
    private static final Path UNITS = Path.of("/etc/units");

    private Samples() {}

    public static ServerStatus server() {
        return new ServerStatus(
                "0.1.0",
                4711,
                "degraded",
                EARLIER,
                Path.of("/run/activator"),
                List.of(UNITS, Path.of("/usr/lib/units")),
                5,
                1,
                4,
                4,
                1,
                List.of("/etc/units/bad.socket:3:14: error: ListenStream= '0.0.0.0:99999': port must be 1..65535"),
                36_700_160L,
                42,
                "sockets.target");
    }

    /** A listening socket that has woken its service. */
    public static UnitStatus webSocket() {
        return new UnitStatus(
                "web.socket",
                "socket",
                new UnitFile(
                        List.of("web.socket", "www.socket"),
                        "Web front",
                        List.of("man:nginx(8)", "https://example.org/web"),
                        "loaded",
                        "enabled",
                        UNITS.resolve("web.socket"),
                        List.of(
                                UNITS.resolve("web.socket.d/10-port.conf"),
                                UNITS.resolve("web.socket.d/20-more.conf"))),
                new UnitState(ActiveState.ACTIVE, "running", "success", EARLIER, null, null),
                List.of("web.service"),
                List.of(),
                new SocketStatus(
                        List.of(
                                new ListenerStatus(
                                        "[::]:80", "Stream", "web.socket", true, 4294967295L, 4096, 3, 37, 0),
                                new ListenerStatus(
                                        "/run/web.sock", "Stream", "web.socket", true, 8192, 4096, 0, 0, -1)),
                        false,
                        0,
                        2,
                        0,
                        new TreeMap<>(),
                        7,
                        null,
                        0),
                null,
                wake(),
                new TreeMap<>(java.util.Map.of("Accept", "no", "Backlog", "4294967295")),
                List.of("Transparent=: CAP_NET_ADMIN is missing, ignoring"),
                List.of());
    }

    public static UnitStatus webService() {
        return new UnitStatus(
                "web.service",
                "service",
                file("web.service", "Web front", "static"),
                new UnitState(ActiveState.ACTIVE, "running", "success", EARLIER.plusSeconds(288), null, null),
                List.of(),
                List.of("web.socket"),
                null,
                new ServiceStatus(
                        new MainProcess(5000, "nginx", EARLIER.plusSeconds(288), null, null, 0),
                        List.of(
                                new ProcessStatus(5000, "nginx: master"),
                                new ProcessStatus(5001, "nginx: worker process")),
                        "/activator/web.service",
                        5_872_026L,
                        51_000_000L,
                        "serving 2 clients",
                        null,
                        1,
                        new IdleStatus(
                                "stop",
                                60_000_000,
                                30_000_000,
                                "0 connections, 0 bytes, 0.1 % CPU",
                                null,
                                null,
                                NOW.plusSeconds(30)),
                        null),
                wake(),
                new TreeMap<>(java.util.Map.of("Type", "notify", "Restart", "no")),
                List.of(),
                List.of());
    }

    /** An Accept=yes socket that turned somebody away. */
    public static UnitStatus sshSocket() {
        return new UnitStatus(
                "ssh.socket",
                "socket",
                file("ssh.socket", "OpenBSD Secure Shell server socket", "enabled"),
                new UnitState(ActiveState.ACTIVE, "listening", "success", EARLIER, null, null),
                List.of("ssh@0-127.0.0.1:22-127.0.0.1:4000.service"),
                List.of(),
                new SocketStatus(
                        List.of(new ListenerStatus("0.0.0.0:22", "Stream", "ssh", true, 128, 128, 0, 0, 12)),
                        true,
                        5,
                        1,
                        2,
                        new TreeMap<>(java.util.Map.of("max-connections", 2L)),
                        5,
                        null,
                        0),
                null,
                null,
                new TreeMap<>(java.util.Map.of("Accept", "yes")),
                List.of(),
                List.of());
    }

    /** A service in back-off after a crash. */
    public static UnitStatus crashingService() {
        return new UnitStatus(
                "crash.service",
                "service",
                file("crash.service", "Crashing thing", "disabled"),
                new UnitState(
                        ActiveState.FAILED,
                        "backing-off",
                        "exit-code",
                        NOW.minusSeconds(2),
                        "crash.service: main process exited, code=exited, status=203/EXEC",
                        NOW.plusSeconds(12)),
                List.of(),
                List.of(),
                null,
                new ServiceStatus(
                        new MainProcess(6000, "crash", EARLIER, NOW.minusSeconds(2), "exited", 203),
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        3,
                        null,
                        null),
                null,
                new TreeMap<>(),
                List.of(),
                List.of("PrivateNetwork=yes cannot be applied here"));
    }

    /** A service that sleeps. */
    public static UnitStatus sleepingService() {
        return plain("db.service", "service", "Database", ActiveState.INACTIVE, "dead", null);
    }

    /** A socket whose port another program has. */
    public static UnitStatus unboundSocket() {
        return plain(
                "taken.socket",
                "socket",
                "Taken port",
                new UnitState(
                        ActiveState.ACTIVATING,
                        "start-open",
                        "success",
                        EARLIER,
                        "cannot bind 0.0.0.0:25: EADDRINUSE",
                        null));
    }

    public static UnitStatus plain(
            String id, String type, String description, ActiveState active, String sub, @Nullable Instant since) {
        return plain(id, type, description, new UnitState(active, sub, "success", since, null, null));
    }

    private static UnitStatus plain(String id, String type, String description, UnitState state) {
        return new UnitStatus(
                id,
                type,
                file(id, description, "static"),
                state,
                List.of(),
                List.of(),
                null,
                null,
                null,
                new TreeMap<>(),
                List.of(),
                List.of());
    }

    private static UnitFile file(String id, String description, String fileState) {
        return new UnitFile(List.of(id), description, List.of(), "loaded", fileState, UNITS.resolve(id), List.of());
    }

    private static WakeReport wake() {
        return new WakeReport(
                EARLIER.plusSeconds(288),
                "connection on [::]:80",
                List.of(new WakePhase("decide", 180), new WakePhase("spawn", 3100), new WakePhase("ready", 30900)));
    }

    /** One service that is known well and one of which little is known. */
    public static SavingsReport savings(Instant since) {
        Footprint web = new Footprint(52_428_800L, 51_000_000L, 53_000_000L, 120_000.0, 4.5, 12, 20, true, "");
        Footprint mail =
                new Footprint(null, null, null, null, null, null, 0, false, "has not been looked at while it ran");
        return new SavingsReport(
                since,
                since.plusSeconds(7200),
                List.of(
                        new UnitSavings(
                                "web.service",
                                1800,
                                5400,
                                0,
                                0,
                                web,
                                52_428_800.0 * 5400,
                                648_000_000.0,
                                24_300.0,
                                3,
                                4,
                                new WakeLatency(180_000L, 250_000L, 250_000L)),
                        new UnitSavings(
                                "mail.service",
                                0,
                                7200,
                                0,
                                0,
                                mail,
                                null,
                                null,
                                null,
                                0,
                                0,
                                new WakeLatency(null, null, null))),
                new OwnUse(7200, 39_845_888L, 39_845_888.0 * 7200, 900_000_000.0, 2500.0, 120),
                52_428_800.0 * 5400,
                648_000_000.0,
                24_300.0,
                List.of("1 service is not in the sum: what is not known of it is unknown, not nothing"));
    }
}
