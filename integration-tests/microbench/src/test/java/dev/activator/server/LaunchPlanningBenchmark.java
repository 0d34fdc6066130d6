package dev.activator.server;

import dev.activator.config.CommandLine;
import dev.activator.config.HostFacts;
import dev.activator.config.ServiceDirectives;
import dev.activator.config.ServiceUnit;
import dev.activator.config.Unit;
import dev.activator.config.UnitName;
import dev.activator.config.UnitText;
import dev.activator.handoff.Credentials;
import dev.activator.handoff.LaunchPlan;
import dev.activator.listener.BorrowedFd;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From a service and what is known of its run to the launch plan. */
@State(Scope.Thread)
public class LaunchPlanningBenchmark {
    private static final PassedSocket LISTENER =
            new PassedSocket(new BorrowedFd(91, "listener"), "web.socket", "127.0.0.1:80", Map.of());
    private static final PassedSocket CONNECTION = new PassedSocket(
            new BorrowedFd(92, "connection"),
            "connection",
            "127.0.0.1:80",
            Map.of("REMOTE_ADDR", "192.0.2.7", "REMOTE_PORT", "4711"));
    private static final LaunchInputs.Identity SOMEBODY =
            new LaunchInputs.Identity(new Credentials(65534, 65534, List.of()), "nobody", "/nonexistent", "/bin/sh");

    private final LaunchPlanner planner = new LaunchPlanner();
    private final ServiceUnit plain = unit("");
    private final ServiceUnit inetd = unit("StandardInput=socket\n");
    private final ServiceUnit limited =
            unit("LimitNOFILE=4096\nLimitCORE=0\nUMask=0077\nUser=nobody\nEnvironment=A=b \"C=d e\"\nNice=5\n");

    private static ServiceUnit unit(String settings) {
        String text = "[Service]\nExecStart=/usr/sbin/example --verbose $GREETING\n" + settings;
        UnitName name = Objects.requireNonNull(UnitName.parse("web.service"));
        Unit unit = UnitText.parse(name, text.getBytes(StandardCharsets.UTF_8), HostFacts.forTests())
                .unit();
        return (ServiceUnit) Objects.requireNonNull(unit);
    }

    private LaunchPlan plan(ServiceUnit unit, PassedSocket socket, LaunchInputs.@Nullable Identity identity) {
        CommandLine command = unit.get(ServiceDirectives.EXEC_START).get(0);
        LaunchInputs inputs = new LaunchInputs(
                "/usr/sbin/example",
                List.of(socket),
                null,
                identity,
                Map.of(),
                Map.of(),
                Map.of("INVOCATION_ID", "0123456789abcdef0123456789abcdef"),
                Map.of(),
                new BorrowedFd(90, "log"),
                null,
                Confinement.Places.NONE);
        return planner.plan(unit, command, inputs);
    }

    @Benchmark
    public LaunchPlan listenerHandedOver() {
        return plan(plain, LISTENER, null);
    }

    @Benchmark
    public LaunchPlan connectionAsStandardInput() {
        return plan(inetd, CONNECTION, null);
    }

    @Benchmark
    public LaunchPlan withUserAndLimits() {
        return plan(limited, LISTENER, SOMEBODY);
    }
}
