package dev.activator.cli;

import dev.activator.cli.DirectiveUse.Fate;
import dev.activator.config.Directive;
import dev.activator.config.HostFacts;
import dev.activator.config.LoadOptions;
import dev.activator.config.Problem;
import dev.activator.config.Traps;
import dev.activator.config.Unit;
import dev.activator.config.UnitCatalog;
import dev.activator.config.UnitLoader;
import dev.activator.config.UnitName;
import dev.activator.server.HostFactsReader;
import dev.activator.server.HostObstacles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code verify}: what is wrong with unit files, and what becomes of each directive here. */
@Command(
        name = "verify",
        description = {
            "Check unit files, or all of a directory, without running anything: every problem with its place, what of this host keeps a unit"
                    + " from starting, and which directives are applied, approximated, unsupported or refused here.",
            "Ends with 0 if every unit would run, 1 if one would not."
        },
        footer = {
            "",
            "Examples:",
            "  activator verify web.socket web.service",
            "  activator verify /etc/systemd/system",
            "  activator verify --json units.yaml",
        })
final class Verify implements Callable<Integer> {
    @ParentCommand
    private @Nullable Activator activator;

    @Option(
            names = "--units",
            arity = "1",
            paramLabel = "DIR",
            description = "where else the services of the sockets are searched for; may be given more than once")
    private List<Path> units = new ArrayList<>();

    @Option(
            names = "--allow-unsupported-hardening",
            description =
                    "judge as 'run' does with this option: security directives that cannot be applied are warnings")
    private boolean allowUnsupportedHardening;

    @Option(
            names = {"-q", "--quiet"},
            description = "print problems only")
    private boolean quiet;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "unit files (.socket .service .target .yaml .json) or directories")
    private List<Path> paths = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        Activator root = Objects.requireNonNull(activator);
        HostFacts facts = HostFactsReader.ofThisProcess(root.runtime(), root.runtime());
        List<Verdict> verdicts =
                load(facts).stream().map(catalog -> Verdict.of(catalog, facts)).toList();
        if (root.wantsJson()) {
            root.printJson(verdicts.stream().map(Verify::object).toList());
        } else {
            verdicts.forEach(verdict -> print(root.terminal(), verdict));
        }
        boolean isGood = verdicts.stream()
                .flatMap(verdict -> verdict.problems().stream())
                .noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
        return isGood ? ExitStatus.OK : ExitStatus.FAILED;
    }

    /**
     * What is wrong with the units of one load.
     *
     * @param onHost what of this host keeps them from starting
     */
    private record Verdict(UnitCatalog catalog, Map<UnitName, List<Problem>> onHost) {
        static Verdict of(UnitCatalog catalog, HostFacts facts) {
            return new Verdict(catalog, HostObstacles.of(catalog, facts));
        }

        List<Problem> problems() {
            return catalog.problems(onHost);
        }

        boolean isStarting(UnitName name) {
            boolean isRefused = unit(catalog, name)
                    .map(loaded -> !loaded.refusals().isEmpty())
                    .orElse(false);
            return !isRefused
                    && onHost.getOrDefault(name, List.of()).stream()
                            .noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
        }
    }

    private List<UnitCatalog> load(HostFacts facts) {
        LoadOptions options = new LoadOptions(allowUnsupportedHardening);
        List<Path> elsewhere = absolute(units);
        List<Path> directories =
                absolute(paths).stream().filter(Files::isDirectory).toList();
        List<Path> files = absolute(paths).stream()
                .filter(path -> !Files.isDirectory(path))
                .toList();
        List<UnitCatalog> catalogs = new ArrayList<>();
        if (!files.isEmpty()) {
            catalogs.add(UnitLoader.verify(files, elsewhere, facts, options));
        }
        if (!directories.isEmpty()) {
            List<Path> all = new ArrayList<>(directories);
            all.addAll(elsewhere);
            catalogs.add(UnitLoader.load(all, facts, options));
        }
        return catalogs;
    }

    /** The same files whatever the working directory. */
    static List<Path> absolute(List<Path> paths) {
        return paths.stream().map(path -> path.toAbsolutePath().normalize()).toList();
    }

    private void print(Terminal terminal, Verdict verdict) {
        UnitCatalog catalog = verdict.catalog();
        if (!quiet) {
            catalog.names().forEach(name -> printUnit(terminal, verdict, name));
            terminal.out().println();
        }
        for (Problem problem : verdict.problems()) {
            Color color = problem.severity() == Problem.Severity.ERROR ? Color.RED : Color.YELLOW;
            terminal.out().println(terminal.paint(color, problem.toString()));
        }
        String summary = catalog.summary(verdict.onHost());
        int count = catalog.names().size();
        terminal.out()
                .println(summary.isEmpty() ? "no problem in " + count + (count == 1 ? " unit" : " units") : summary);
    }

    private static void printUnit(Terminal terminal, Verdict verdict, UnitName name) {
        UnitCatalog catalog = verdict.catalog();
        String state = catalog.state(name).toString() + (verdict.isStarting(name) ? "" : ", does not start");
        terminal.out().println(terminal.paint(Color.BOLD, name.toString()) + ": " + state);
        fates(catalog, name)
                .forEach((fate, directives) -> terminal.out()
                        .println(
                                "  " + fate.word() + " ".repeat(13 - fate.word().length())
                                        + directives.stream()
                                                .map(each -> each.name() + "=")
                                                .collect(Collectors.joining(" "))));
        traps(catalog, name).forEach(trap -> terminal.out().println("  mind         " + trap));
    }

    private static List<String> traps(UnitCatalog catalog, UnitName name) {
        return unit(catalog, name).map(unit -> Traps.of(unit, catalog)).orElse(List.of());
    }

    private static Map<Fate, List<Directive<?>>> fates(UnitCatalog catalog, UnitName name) {
        return unit(catalog, name)
                .map(unit -> DirectiveUse.of(unit, catalog.problems(name)))
                .orElse(Map.of());
    }

    /** The loaded unit; an instance of a template stands for it. */
    private static Optional<Unit> unit(UnitCatalog catalog, UnitName name) {
        return catalog.find(name.isTemplate() ? name.withInstance("instance") : name);
    }

    private static Map<String, Object> object(Verdict verdict) {
        UnitCatalog catalog = verdict.catalog();
        Map<String, Object> units = new LinkedHashMap<>();
        for (UnitName name : catalog.names()) {
            Map<String, Object> unit = new LinkedHashMap<>();
            unit.put("load", catalog.state(name).toString());
            fates(catalog, name)
                    .forEach((fate, directives) -> unit.put(
                            fate.word(),
                            directives.stream().map(Directive::name).toList()));
            unit.put("mind", traps(catalog, name));
            units.put(name.toString(), unit);
        }
        List<Map<String, Object>> problems = new ArrayList<>();
        for (Problem problem : verdict.problems()) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("file", problem.location().file().toString());
            each.put("line", problem.location().line());
            each.put("column", problem.location().column());
            each.put("severity", problem.severity().name().toLowerCase(Locale.ROOT));
            each.put("message", problem.message());
            problems.add(each);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("units", units);
        object.put("problems", problems);
        return object;
    }
}
