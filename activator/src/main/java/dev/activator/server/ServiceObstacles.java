package dev.activator.server;

import dev.activator.config.CommandLine;
import dev.activator.config.Conditions;
import dev.activator.config.Directive;
import dev.activator.config.ExecDirectives;
import dev.activator.config.HostFacts;
import dev.activator.config.Problem.Severity;
import dev.activator.config.SandboxDirectives;
import dev.activator.config.ServiceDirectives;
import dev.activator.config.ServiceUnit;
import dev.activator.config.UnitName;
import dev.activator.config.WorkingDirectory;
import dev.activator.handoff.Account;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What of this host keeps one service from starting. */
final class ServiceObstacles {
    /** Without these there is no start. */
    private static final List<Directive<List<CommandLine>>> OF_START =
            List.of(ServiceDirectives.EXEC_START_PRE, ServiceDirectives.EXEC_START, ServiceDirectives.EXEC_START_POST);

    private static final List<Directive<List<CommandLine>>> LATER =
            List.of(ServiceDirectives.EXEC_RELOAD, ServiceDirectives.EXEC_STOP, ServiceDirectives.EXEC_STOP_POST);

    private final ServiceUnit unit;
    private final HostObstacles.Host host;
    private final HostObstacles.Found found;
    private final Severity worst;
    private final String noStart;

    /** @param shown the unit's name, or its template's */
    ServiceObstacles(ServiceUnit unit, UnitName shown, HostObstacles.Host host, HostObstacles.Found found) {
        this.unit = unit;
        this.host = host;
        this.found = found;
        boolean isConditional = !Conditions.of(unit).isEmpty();
        this.worst = isConditional ? Severity.WARNING : Severity.ERROR;
        this.noStart = ", '" + shown + "' will not start" + (isConditional ? " once its conditions hold; " : "; ");
    }

    /** @param made directories that a start makes */
    void find(List<Path> made, HostFacts facts) {
        if (!hasOtherFiles()) {
            OF_START.forEach(row -> programs(row, worst));
            LATER.forEach(row -> programs(row, Severity.WARNING));
            directory(made, facts);
        }
        users();
    }

    /** Whether its processes see other files than we do. */
    private boolean hasOtherFiles() {
        return !unit.get(SandboxDirectives.BIND_PATHS).isEmpty()
                || !unit.get(SandboxDirectives.BIND_READ_ONLY_PATHS).isEmpty()
                || !unit.get(SandboxDirectives.TEMPORARY_FILE_SYSTEM).isEmpty()
                || unit.settings().directives().stream()
                        .anyMatch(row -> row.name().startsWith("Root"));
    }

    private void programs(Directive<List<CommandLine>> row, Severity severity) {
        for (CommandLine command : unit.get(row)) {
            HostPrograms.Trouble trouble = host.programs().trouble(unit, command);
            if (trouble != null) {
                boolean isError = severity == Severity.ERROR && !command.ignoreFailure();
                String next = command.ignoreFailure()
                        ? ", which its '-' lets pass; "
                        : LATER.contains(row) ? ", so that this command fails; " : noStart;
                found.add(
                        isError ? Severity.ERROR : Severity.WARNING,
                        row,
                        command.text(),
                        row + " '" + command.path() + "'",
                        trouble.what() + next + trouble.advice());
            }
        }
    }

    private void directory(List<Path> made, HostFacts facts) {
        WorkingDirectory directory = unit.get(ExecDirectives.WORKING_DIRECTORY).orElse(new WorkingDirectory("/", true));
        Optional<String> path = directory.isHome() ? home() : Optional.of(directory.path());
        if (directory.optional() || path.isEmpty()) {
            return;
        }
        Path place = Path.of(path.get());
        boolean isOther = Files.exists(place) && !Files.isDirectory(place);
        if (isOther) {
            addDirectory(worst, directory, "is no directory");
        } else if (Files.notExists(place) && made.stream().noneMatch(place::startsWith)) {
            // What is there only while the host runs something else may yet make.
            boolean isPassing = Stream.of('t', 'T', 'V').anyMatch(letter -> place.startsWith(facts.value(letter)));
            addDirectory(isPassing ? Severity.WARNING : worst, directory, "there is no such directory");
        }
    }

    private void addDirectory(Severity severity, WorkingDirectory directory, String what) {
        found.add(
                severity,
                ExecDirectives.WORKING_DIRECTORY,
                directory.path(),
                ExecDirectives.WORKING_DIRECTORY + " '" + directory.path() + "'",
                what + noStart + "make it, or write '-" + directory.path() + "' to do without");
    }

    /** Empty where it is not known. */
    private Optional<String> home() {
        return unit.get(ExecDirectives.USER).flatMap(host.accounts()::user).map(Account::home);
    }

    private void users() {
        boolean isMadeUp = unit.get(SandboxDirectives.DYNAMIC_USER);
        Optional<String> user = unit.get(ExecDirectives.USER);
        if (user.isPresent() && !isMadeUp) {
            user(user.get());
        }
        unit.get(ExecDirectives.GROUP)
                .filter(group -> !isMadeUp)
                .ifPresent(group -> group(ExecDirectives.GROUP, group));
        unit.get(ExecDirectives.SUPPLEMENTARY_GROUPS)
                .forEach(group -> group(ExecDirectives.SUPPLEMENTARY_GROUPS, group));
    }

    private void user(String name) {
        Optional<Account> account = host.accounts().user(name);
        if (account.isEmpty()) {
            found.add(
                    worst,
                    ExecDirectives.USER,
                    name,
                    ExecDirectives.USER + " '" + name + "'",
                    "there is no such user here" + noStart + HostAccounts.adviceOnUser(name));
            return;
        }
        boolean isOther = !Integer.toUnsignedString(account.get().uid())
                .equals(host.rights().uid());
        if (isOther && !host.rights().has(OwnRights.SETUID)) {
            found.add(
                    Severity.WARNING,
                    ExecDirectives.USER,
                    name,
                    ExecDirectives.USER + " '" + name + "'",
                    "as uid " + host.rights().uid() + " here nobody else can be switched to" + noStart
                            + "run the super-server as root or with CAP_SETUID and CAP_SETGID");
        }
    }

    private void group(Directive<?> row, String name) {
        if (!host.accounts().hasGroup(name)) {
            found.add(
                    worst,
                    row,
                    name,
                    row + " '" + name + "'",
                    "there is no such group here" + noStart + HostAccounts.adviceOnGroup(name));
        }
    }
}
