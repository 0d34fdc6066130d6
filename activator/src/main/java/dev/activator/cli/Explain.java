package dev.activator.cli;

import dev.activator.config.HostFacts;
import dev.activator.config.LoadOptions;
import dev.activator.config.LoadState;
import dev.activator.config.Problem;
import dev.activator.config.Unit;
import dev.activator.config.UnitCatalog;
import dev.activator.config.UnitLoader;
import dev.activator.config.UnitName;
import dev.activator.config.UnitType;
import dev.activator.control.Suggestion;
import dev.activator.control.UnitGlob;
import dev.activator.server.HostFactsReader;
import dev.activator.server.HostObstacles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code explain}: what a unit comes to, in words. */
@Command(
        name = "explain",
        description = {
            "Say in words what units come to: what is bound, what runs as whom with which descriptors, which limits hold, and what about"
                    + " it often surprises.",
            "A socket is explained with its service. Files are read anew; nothing is started."
        },
        footer = {
            "",
            "Examples:",
            "  activator explain ./web.socket",
            "  activator explain --units /etc/systemd/system web.socket",
            "  activator explain web.socket        (of the running super-server's directories)",
        })
final class Explain implements Callable<Integer> {
    private static final int TOPIC_WIDTH = 14;

    @ParentCommand
    private @Nullable Activator activator;

    @Option(
            names = "--units",
            arity = "1",
            paramLabel = "DIR",
            description =
                    "where the units are; by default those of the running super-server. May be given more than once")
    private List<Path> directories = new ArrayList<>();

    @Parameters(
            paramLabel = "UNIT",
            arity = "1..*",
            description = "unit names, NAME means NAME.service; or unit files, with a '/' in them")
    private List<String> words = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        Activator root = Objects.requireNonNull(activator);
        HostFacts facts = HostFactsReader.ofThisProcess(root.runtime(), root.runtime());
        Map<String, Object> answers = new LinkedHashMap<>();
        int status = ExitStatus.OK;
        for (String word : words) {
            UnitCatalog catalog = word.indexOf('/') >= 0 ? ofFile(word, facts) : ofDirectories(root, facts);
            String fileName = String.valueOf(Path.of(word).getFileName());
            UnitName name = UnitName.parse(UnitGlob.complete(fileName));
            List<Unit> units = name == null ? List.of() : withService(catalog, name);
            if (units.isEmpty()) {
                status = ExitStatus.FAILED;
                complain(root.terminal(), catalog, name == null ? fileName : name.toString());
            }
            units.forEach(unit -> answers.put(unit.name().toString(), explain(root, unit, catalog, facts)));
        }
        if (root.wantsJson()) {
            root.printJson(answers);
        }
        return status;
    }

    private UnitCatalog ofFile(String word, HostFacts facts) {
        return UnitLoader.verify(
                Verify.absolute(List.of(Path.of(word))), Verify.absolute(directories), facts, LoadOptions.DEFAULT);
    }

    private UnitCatalog ofDirectories(Activator root, HostFacts facts) {
        List<Path> searched =
                directories.isEmpty() ? root.client().server().unitDirectories() : Verify.absolute(directories);
        return UnitLoader.load(searched, facts, LoadOptions.DEFAULT);
    }

    /** A socket and what it starts; of a template any instance stands for all. */
    private static List<Unit> withService(UnitCatalog catalog, UnitName name) {
        List<Unit> units = new ArrayList<>();
        find(catalog, name).ifPresent(units::add);
        if (name.type() == UnitType.SOCKET && !units.isEmpty()) {
            catalog.socket(units.get(0).name())
                    .flatMap(socket -> find(catalog, socket.service()))
                    .ifPresent(units::add);
        }
        return units;
    }

    private static Optional<Unit> find(UnitCatalog catalog, UnitName name) {
        return catalog.find(name.isTemplate() ? name.withInstance("INSTANCE") : name);
    }

    private static void complain(Terminal terminal, UnitCatalog catalog, String name) {
        UnitName parsed = UnitName.parse(name);
        LoadState state = parsed == null ? LoadState.NOT_FOUND : catalog.state(parsed);
        if (state == LoadState.NOT_FOUND) {
            List<String> known =
                    catalog.names().stream().map(UnitName::toString).toList();
            String near = Suggestion.closestUnit(name, known)
                    .map(each -> "; did you mean '" + each + "'?")
                    .orElse(".");
            terminal.err().println("Unit " + name + " not found" + near);
            return;
        }
        terminal.err().println("Unit " + name + " is " + state + ":");
        for (Problem problem : parsed == null ? List.<Problem>of() : catalog.problems(parsed)) {
            terminal.err().println("  " + problem);
        }
    }

    private static Map<String, List<String>> explain(Activator root, Unit unit, UnitCatalog catalog, HostFacts facts) {
        Map<String, List<String>> topics = Explanation.of(unit, catalog, HostFactsReader.longestQueue());
        for (Problem obstacle : HostObstacles.of(unit, catalog, facts)) {
            String topic = obstacle.severity() == Problem.Severity.ERROR ? "Cannot start" : Explanation.MIND;
            topics.computeIfAbsent(topic, none -> new ArrayList<>()).add(obstacle.message());
        }
        if (!root.wantsJson()) {
            print(root.terminal(), unit, topics);
        }
        return topics;
    }

    private static void print(Terminal terminal, Unit unit, Map<String, List<String>> topics) {
        String name = unit.name().toString();
        String description = unit.description().equals(name) ? "" : " - " + unit.description();
        terminal.out().println(terminal.paint(Color.BOLD, name) + description);
        topics.forEach((topic, sentences) -> {
            String head = topic;
            for (String sentence : sentences) {
                boolean isTrap = topic.equals(Explanation.MIND);
                String padded = head + " ".repeat(Math.max(1, TOPIC_WIDTH - head.length()));
                terminal.out().println("  " + (isTrap ? terminal.paint(Color.YELLOW, padded) : padded) + sentence);
                head = "";
            }
        });
        terminal.out().println();
    }
}
