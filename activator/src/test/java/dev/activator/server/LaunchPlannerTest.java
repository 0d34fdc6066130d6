package dev.activator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.activator.config.HostFacts;
import dev.activator.config.LimitName;
import dev.activator.config.ResourceLimit;
import dev.activator.config.ServiceDirectives;
import dev.activator.config.ServiceUnit;
import dev.activator.config.UnitLoader;
import dev.activator.config.UnitName;
import dev.activator.handoff.Credentials;
import dev.activator.handoff.FdMapping;
import dev.activator.handoff.LaunchPlan;
import dev.activator.handoff.PidVariable;
import dev.activator.listener.BorrowedFd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchPlannerTest {
    private static final BorrowedFd LOG = new BorrowedFd(90, "log");
    private static final PassedSocket HTTP =
            new PassedSocket(new BorrowedFd(91, "http"), "http", "127.0.0.1:80", Map.of());
    private static final PassedSocket ADMIN =
            new PassedSocket(new BorrowedFd(92, "admin"), "admin", "/run/admin", Map.of());
    private static final PassedSocket CONNECTION = new PassedSocket(
            new BorrowedFd(93, "connection"),
            "connection",
            "192.0.2.1:80",
            Map.of("REMOTE_ADDR", "192.0.2.7", "REMOTE_PORT", "4711"));

    @TempDir
    private Path units;

    private LaunchPlan plan(String settings, List<PassedSocket> sockets, LaunchInputs.@Nullable Identity identity)
            throws IOException {
        Files.writeString(units.resolve("x.service"), "[Service]\nExecStart=/bin/x $GREETING\n" + settings);
        ServiceUnit unit = UnitLoader.load(List.of(units), HostFacts.forTests())
                .service(Objects.requireNonNull(UnitName.parse("x.service")))
                .orElseThrow();
        LaunchInputs inputs = new LaunchInputs(
                "/bin/x",
                sockets,
                null,
                identity,
                Map.of("FROM", "file"),
                Map.of(),
                Map.of(),
                Map.of(),
                LOG,
                null,
                Confinement.Places.NONE);
        return new LaunchPlanner()
                .plan(unit, unit.get(ServiceDirectives.EXEC_START).get(0), inputs);
    }

    @Test
    void listenersArePassedFromThreeOnWithTheirNamesAndBlocking() throws IOException {
        LaunchPlan plan = plan("", List.of(HTTP, ADMIN), null);
        assertThat(plan.fds())
                .containsExactly(
                        new FdMapping(1, LOG, FdMapping.Blocking.AS_IS),
                        new FdMapping(2, LOG, FdMapping.Blocking.AS_IS),
                        new FdMapping(3, HTTP.fd(), FdMapping.Blocking.BLOCKING),
                        new FdMapping(4, ADMIN.fd(), FdMapping.Blocking.BLOCKING));
        assertThat(plan.environment()).containsEntry("LISTEN_FDS", "2").containsEntry("LISTEN_FDNAMES", "http:admin");
        assertThat(plan.pidVariables()).containsExactly(PidVariable.LISTEN_PID);
    }

    @Test
    void aConnectionOnStandardInputIsTheWholeConversationAndSetsNoListenVariable() throws IOException {
        LaunchPlan plan = plan("StandardInput=socket\nStandardError=journal\n", List.of(CONNECTION), null);
        assertThat(plan.fds())
                .containsExactly(
                        new FdMapping(0, CONNECTION.fd(), FdMapping.Blocking.BLOCKING),
                        new FdMapping(1, CONNECTION.fd(), FdMapping.Blocking.BLOCKING),
                        new FdMapping(2, LOG, FdMapping.Blocking.AS_IS));
        assertThat(plan.environment())
                .containsEntry("REMOTE_ADDR", "192.0.2.7")
                .doesNotContainKeys("LISTEN_FDS", "LISTEN_FDNAMES");
        assertThat(plan.pidVariables()).isEmpty();
    }

    @Test
    void nonBlockingServicesGetTheirSocketsSo() throws IOException {
        assertThat(plan("NonBlocking=yes\n", List.of(HTTP), null).fds())
                .contains(new FdMapping(3, HTTP.fd(), FdMapping.Blocking.NONBLOCKING));
    }

    @Test
    void laterSourcesOfVariablesWinAndCommandsSeeThem() throws IOException {
        LaunchPlan plan = plan("Environment=FROM=unit \"GREETING=good day\"\nUnsetEnvironment=LANG\n", List.of(), null);
        assertThat(plan.environment()).containsEntry("FROM", "file").doesNotContainKey("LANG");
        assertThat(plan.argv()).containsExactly("/bin/x", "good", "day");
    }

    @Test
    void aUserGetsItsIdsAndTheVariablesThatGoWithThem() throws IOException {
        Credentials credentials = new Credentials(1000, 1000, List.of(1000, 27));
        LaunchPlan plan = plan(
                "User=ann\nWorkingDirectory=~\n",
                List.of(),
                new LaunchInputs.Identity(credentials, "ann", "/home/ann", "/bin/bash"));
        assertThat(plan.context().credentials()).isEqualTo(credentials);
        assertThat(plan.context().workingDirectory()).isEqualTo("/home/ann");
        assertThat(plan.environment())
                .containsEntry("USER", "ann")
                .containsEntry("HOME", "/home/ann")
                .containsEntry("SHELL", "/bin/bash");
    }

    @Test
    void aServiceHasSystemdsLimitOfOpenFilesUnlessItSetsItsOwn() throws IOException {
        assertThat(plan("", List.of(), null).context().limits())
                .containsEntry(LimitName.NOFILE, new ResourceLimit(1024, 524_288));
        assertThat(plan("LimitNOFILE=4096\n", List.of(), null).context().limits())
                .containsEntry(LimitName.NOFILE, new ResourceLimit(4096, 4096));
    }

    private Map<String, String> environment(String settings, PassedSocket... sockets) throws IOException {
        return plan(settings, List.of(sockets), null).environment();
    }

    @Test
    void socketsAreToldOfInEachDialectThatIsAskedFor() throws IOException {
        Map<String, String> told = environment(
                "[X-Activator]\nHandoffAs=nginx upstart einhorn server-starter gunicorn puma fpm\n", HTTP, ADMIN);
        assertThat(told)
                .containsEntry("NGINX", "3;4;")
                .containsEntry("UPSTART_FDS", "3 4")
                .containsEntry("EINHORN_FD_COUNT", "2")
                .containsEntry("EINHORN_FD_1", "4")
                .containsEntry("SERVER_STARTER_PORT", "127.0.0.1:80=3;/run/admin=4")
                .containsEntry("GUNICORN_FD", "3,4")
                .containsEntry(
                        "GUNICORN_PID", Long.toString(ProcessHandle.current().pid()))
                .containsEntry("PUMA_INHERIT_0", "3:tcp://127.0.0.1:80")
                .containsEntry("PUMA_INHERIT_1", "4:unix:///run/admin")
                .containsEntry("FPM_SOCKETS", "127.0.0.1:80=3,/run/admin=4")
                .doesNotContainKey("LISTEN_FDS");
    }

    @Test
    void aConnectionIsToldOfAsUcspiDoes() throws IOException {
        assertThat(environment("StandardInput=socket\n[X-Activator]\nHandoffAs=ucspi\n", CONNECTION))
                .containsEntry("PROTO", "TCP")
                .containsEntry("TCPLOCALIP", "192.0.2.1")
                .containsEntry("TCPLOCALPORT", "80")
                .containsEntry("TCPREMOTEIP", "192.0.2.7")
                .containsEntry("TCPREMOTEPORT", "4711");
    }

    @Test
    void theUnitCanReferToItsSocketsByName() throws IOException {
        LaunchPlan plan = plan("Environment=WHERE=fd@${FD:admin} KEPT=$${FD:x}\n", List.of(HTTP, ADMIN), null);
        assertThat(plan.environment()).containsEntry("WHERE", "fd@4").containsEntry("KEPT", "$${FD:x}");
        Files.writeString(
                units.resolve("y.service"),
                "[Service]\nExecStart=/bin/y --port=${PORT:http} -f${FD:http} $${FD:http}\n");
        ServiceUnit unit = UnitLoader.load(List.of(units), HostFacts.forTests())
                .service(Objects.requireNonNull(UnitName.parse("y.service")))
                .orElseThrow();
        LaunchInputs inputs = new LaunchInputs(
                "/bin/y",
                List.of(HTTP),
                null,
                null,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                LOG,
                null,
                Confinement.Places.NONE);
        assertThat(new LaunchPlanner()
                        .plan(unit, unit.get(ServiceDirectives.EXEC_START).get(0), inputs)
                        .argv())
                .containsExactly("/bin/y", "--port=80", "-f3", "${FD:http}");
    }

    @Test
    void aReferenceToASocketThatThereIsNotSaysWhichThereAre() {
        assertThatThrownBy(() -> plan("Environment=A=${FD:htpp}\n", List.of(HTTP, ADMIN), null))
                .hasMessage(
                        "the unit refers to '${FD:htpp}', but there is http, admin; FileDescriptorName= in the socket unit"
                                + " names one");
        assertThatThrownBy(() -> plan("Environment=A=${PORT:admin}\n", List.of(HTTP, ADMIN), null))
                .hasMessageContaining("'/run/admin' has no port");
    }
}
