package dev.activator.it.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * A super-server over one scenario, as a JUnit extension: in a static field it serves all tests of the class, in an
 * instance field each test has its own. After every test it must have no zombie and as many sockets as before; after
 * its end none of its descendants may be left. A failing test carries its log.
 */
public final class SuperServer
        implements BeforeAllCallback,
                BeforeEachCallback,
                AfterEachCallback,
                AfterAllCallback,
                TestExecutionExceptionHandler {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final String scenarioName;
    private final List<String> wrapper = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> options = new ArrayList<>();
    private @Nullable String owner;
    private Path launcher = Path.of("");
    private boolean isManual;
    private boolean forClass;
    private @Nullable Scenario scenario;
    private @Nullable ServerProcess process;
    private long socketsBefore;

    private SuperServer(String scenarioName) {
        this.scenarioName = scenarioName;
    }

    /** One that is started over a copy of {@code scenarios/NAME}. */
    public static SuperServer over(String scenarioName) {
        return new SuperServer(scenarioName);
    }

    /** Started by the test itself with {@link #start}, after it has put more files into the scenario. */
    public SuperServer startedByTest() {
        isManual = true;
        return this;
    }

    /** Started through this command, which ends in running its arguments ({@code prlimit --nofile=64 --}). */
    public SuperServer through(String... command) {
        wrapper.addAll(List.of(command));
        return this;
    }

    /** Run by the user and group {@code nobody}, who owns the scenario's copy; the test itself is run by root. */
    public SuperServer asNobody() {
        owner = "nobody:nogroup";
        return through(
                Programs.path("setpriv").toString(),
                "--reuid=nobody",
                "--regid=nogroup",
                "--clear-groups",
                "--inh-caps=-all",
                "--");
    }

    /** Started with these options besides. */
    public SuperServer with(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    /** With this variable in the super-server's own environment. */
    public SuperServer environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        forClass = true;
        lay();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        if (!forClass) {
            lay();
        } else if (process != null) {
            socketsBefore = ProcFs.sockets(pid());
        }
    }

    private void lay() throws IOException {
        Path root = Files.createTempDirectory("activator-it");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        scenario = Scenario.copy(scenarioName, root);
        launcher = owner == null ? Installation.launcher() : Installation.copyTo(root.resolve("installed"));
        if (!isManual) {
            start();
        }
    }

    /** Starts it and returns when all listeners are bound. */
    public void start() {
        try {
            if (owner != null) {
                Command.of("chown", "-R", owner, scenario().root().toString())
                        .run()
                        .succeeded();
            }
            process = ServerProcess.start(command(), scenario().root().resolve("ready"), environment);
            socketsBefore = ProcFs.sockets(pid());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(runCommand());
        return command;
    }

    /** The command line that runs a super-server over this scenario, without its readiness descriptor. */
    public List<String> runCommand() {
        List<String> command = new ArrayList<>(List.of(
                launcher.toString(),
                "run",
                "--units",
                scenario().units().toString(),
                "--runtime",
                scenario().runtime().toString(),
                "--state",
                scenario().state().toString()));
        command.addAll(options);
        return command;
    }

    /** The path of the launcher under test. */
    public static String launcher() {
        return Installation.launcher().toString();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        if (process != null && !(failure instanceof org.opentest4j.TestAbortedException)) {
            failure.addSuppressed(new SaidBySuperServer(process.said()));
        }
        throw failure;
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        try {
            if (process != null
                    && process.isAlive()
                    && context.getExecutionException().isEmpty()) {
                checkNothingLeaked();
            }
        } finally {
            if (!forClass) {
                end();
            }
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        end();
    }

    /** No child waits to be reaped, and no socket is open that was not open before the test. */
    private void checkNothingLeaked() {
        Eventually.eventually(
                SETTLING,
                () -> "zombies " + ProcFs.zombies(pid()),
                () -> ProcFs.zombies(pid()).isEmpty());
        Eventually.eventually(
                SETTLING,
                () -> socketsBefore + " sockets, but: " + ProcFs.fds(pid()),
                () -> ProcFs.sockets(pid()) <= socketsBefore);
    }

    /** Takes the sockets that are open now as the number to come back to: the test added or removed units. */
    public void expectSocketsAsNow() {
        socketsBefore = ProcFs.sockets(pid());
    }

    private void end() throws IOException {
        try {
            if (process != null && process.isAlive()) {
                stop();
            }
        } finally {
            process = null;
            remove(scenario().root());
        }
    }

    /** SIGTERM; returns the exit code and fails if a descendant survives. */
    public int stop() {
        List<ProcessHandle> descendants = server().handle().descendants().toList();
        int exitCode = server().stop();
        Eventually.eventually(
                SETTLING,
                () -> "survivors: "
                        + descendants.stream().filter(ProcessHandle::isAlive).toList(),
                () -> descendants.stream().noneMatch(ProcessHandle::isAlive));
        return exitCode;
    }

    /** Returns the exit code as soon as it has ended by itself. */
    public int awaitEnd() {
        return server().awaitEnd();
    }

    /** Sends a signal, as {@code kill} names it. */
    public void signal(String name) {
        Command.of("sh", "-c", "kill -" + name + " " + pid()).run().succeeded();
    }

    /** Runs the launcher with these arguments against this super-server. */
    public Outcome cli(String... arguments) {
        return Command.of(launcher(), arguments)
                .environment("ACTIVATOR_RUNTIME", scenario().runtime().toString())
                .run();
    }

    /** As {@link #cli} with {@code --json}; fails unless the command succeeded. */
    public JsonNode json(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        Outcome outcome = cli(all.toArray(String[]::new)).succeeded();
        try {
            return JSON.readTree(outcome.out());
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + outcome.text(), e);
        }
    }

    /** One property of a unit, as {@code show -p NAME --value} prints it. */
    public String property(String unit, String name) {
        return cli("show", "-p", name, "--value", unit).succeeded().out().strip();
    }

    /** All that the control API tells of a unit: {@code GET /v1/units/NAME}. */
    public JsonNode status(String unit) {
        return api("/v1/units/" + unit);
    }

    /** What the control API answers to {@code GET path}. */
    public JsonNode api(String path) {
        try {
            return new ControlApi(scenario().runtime().resolve("control.sock")).get(path);
        } catch (IOException e) {
            throw new UncheckedIOException("GET " + path, e);
        }
    }

    /** Waits until a unit is in this state, in the words of {@code systemctl status}. */
    public void awaitState(String unit, String active, String sub) {
        String wanted = active + " (" + sub + ")";
        Eventually.eventually(
                Eventually.PATIENCE,
                () -> unit + " " + wanted + ", but " + state(unit),
                () -> state(unit).equals(wanted));
    }

    /** A unit's state, {@code active (listening)}. */
    public String state(String unit) {
        JsonNode state = status(unit).path("state");
        return state.path("active").asText() + " (" + state.path("sub").asText() + ")";
    }

    /** The main process of a service that runs, 0 if it does not. */
    public long mainPid(String service) {
        JsonNode main = status(service).at("/service/main");
        return main.has("exited") ? 0 : main.path("pid").asLong();
    }

    /** Waits until a service's captured output has this in it. */
    public void awaitServiceOutput(String unit, String text) {
        Eventually.eventually(
                "output of " + unit + " has '" + text + "'",
                () -> cli("logs", unit).out().contains(text));
    }

    /** Waits until no connection of an {@code Accept=yes} socket is being served. */
    public void awaitIdle(String socket) {
        Eventually.eventually(
                socket + " serves nobody",
                () -> status(socket).at("/socket/connections").asInt() == 0);
    }

    /** The port that {@code @PORT:name@} stands for in the scenario. */
    public int port(String name) {
        return scenario().port(name);
    }

    /** A file of the scratch directory. */
    public Path file(String name) {
        return scenario().scratch().resolve(name);
    }

    /** The scenario's copy: unit files, scratch, runtime and state directory. */
    public Scenario scenario() {
        return Objects.requireNonNull(scenario, "before the test");
    }

    /** The super-server's own process. */
    public long pid() {
        return server().handle().pid();
    }

    /** Whether the super-server runs. */
    public boolean isAlive() {
        return server().isAlive();
    }

    /** What it logged. */
    public Transcript log() {
        return server().log();
    }

    /** What it printed. */
    public Transcript out() {
        return server().out();
    }

    private ServerProcess server() {
        return Objects.requireNonNull(process, "not started");
    }

    private static void remove(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** The super-server's words as part of a test's failure. */
    private static final class SaidBySuperServer extends RuntimeException {
        SaidBySuperServer(String said) {
            super("\n" + said, null, false, false);
        }
    }
}
