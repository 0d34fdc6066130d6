package dev.activator.cli;

import dev.activator.config.Directive;
import dev.activator.config.DirectiveTable;
import dev.activator.config.Support;
import dev.activator.config.UnitType;
import dev.activator.control.Suggestion;
import dev.activator.control.UnitGlob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code directives}: the reference of all settings. */
@Command(
        name = "directives",
        description =
                "List the directives of unit files and what becomes of them here; with names, tell all about these.",
        footer = {
            "",
            "Examples:",
            "  activator directives Backlog",
            "  activator directives --type=socket",
            "  activator directives 'Limit*'"
        })
final class Directives implements Callable<Integer> {
    @ParentCommand
    private @Nullable Activator activator;

    @Option(
            names = {"-t", "--type"},
            paramLabel = "TYPE",
            description = "only those of this type of unit: socket, service, target")
    private @Nullable String type;

    @Parameters(
            paramLabel = "NAME",
            description = "names of directives, with or without '='; * ? [] match as in the shell")
    private List<String> names = new ArrayList<>();

    private record Row(String section, Directive<?> directive) {}

    @Override
    public Integer call() {
        Activator root = Objects.requireNonNull(activator);
        List<Row> all = rows();
        List<Row> rows = all.stream().filter(row -> isWanted(row.directive())).toList();
        if (rows.isEmpty()) {
            throw new Failure(ExitStatus.FAILED, unknown(all));
        }
        if (root.wantsJson()) {
            root.printJson(rows.stream().map(Directives::object).toList());
        } else if (names.isEmpty()) {
            printList(root.terminal(), rows);
        } else {
            rows.forEach(row -> printOne(root.terminal(), row));
        }
        return ExitStatus.OK;
    }

    /** Sections that several types share are the same in each and come once. */
    private List<Row> rows() {
        Map<String, Row> rows = new LinkedHashMap<>();
        types().flatMap(each -> DirectiveTable.of(each).all().stream())
                .forEach(each -> rows.putIfAbsent(each.section() + "." + each.name(), new Row(each.section(), each)));
        return List.copyOf(rows.values());
    }

    private Stream<UnitType> types() {
        List<UnitType> wanted = Stream.of(UnitType.values())
                .filter(each -> type == null || each.suffix().equals(type))
                .toList();
        if (wanted.isEmpty()) {
            throw new Failure(ExitStatus.USAGE, "--type= must be socket, service or target, not '" + type + "'");
        }
        return wanted.stream();
    }

    private boolean isWanted(Directive<?> directive) {
        return names.isEmpty()
                || names.stream()
                        .map(name -> name.replaceFirst("=$", "").toLowerCase(Locale.ROOT))
                        .anyMatch(name -> UnitGlob.matches(directive.name().toLowerCase(Locale.ROOT), name));
    }

    private String unknown(List<Row> all) {
        String name = names.get(0);
        List<String> known = all.stream().map(row -> row.directive().name()).toList();
        return "There is no directive '" + name + "'"
                + Suggestion.closest(name, known)
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse(".");
    }

    private static void printList(Terminal terminal, List<Row> rows) {
        Map<String, Table> sections = new LinkedHashMap<>();
        for (Row row : rows) {
            sections.computeIfAbsent(row.section(), section -> new Table("DIRECTIVE", "HERE", "WHAT IT DOES"))
                    .row(
                            row.directive().name() + "=",
                            DirectiveUse.fate(row.directive().support()).word(),
                            row.directive().doc());
        }
        sections.forEach((section, table) -> {
            terminal.out().println(terminal.paint(Color.BOLD, "[" + section + "]"));
            table.print(terminal, true, false);
            terminal.out().println();
        });
        terminal.out().println(rows.size() + " directives listed.");
    }

    private static void printOne(Terminal terminal, Row row) {
        Map<String, Object> object = object(row);
        terminal.out()
                .println(terminal.paint(Color.BOLD, row.directive().name() + "=") + " in [" + row.section() + "]");
        terminal.out().println("  " + row.directive().doc());
        object.forEach((key, value) -> {
            if (!List.of("name", "section", "doc").contains(key)
                    && !value.toString().isEmpty()) {
                terminal.out().println("  " + key + ": " + value);
            }
        });
        terminal.out().println();
    }

    private static Map<String, Object> object(Row row) {
        Directive<?> directive = row.directive();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", directive.name());
        object.put("section", row.section());
        object.put("doc", directive.doc());
        object.put("value", directive.valueSyntax() + (directive.isList() ? ", more than once adds" : ""));
        object.put("default", directive.defaultNote().isEmpty() ? shownDefault(directive) : directive.defaultNote());
        object.put("here", here(directive.support()));
        object.put("systemd", systemd(directive));
        return object;
    }

    private static <T> String shownDefault(Directive<T> directive) {
        return directive.format(directive.defaultValue());
    }

    private static String here(Support support) {
        String why = "";
        if (support instanceof Support.Approximated approximated) {
            why = ", " + approximated.how();
        } else if (support instanceof Support.Unsupported unsupported) {
            why = ", " + unsupported.why();
        } else if (support instanceof Support.Refused refused) {
            why = ", " + refused.why();
        }
        return DirectiveUse.fate(support).word() + why;
    }

    private static String systemd(Directive<?> directive) {
        String since = directive.since().isEmpty() ? "" : ", since " + directive.since();
        return switch (directive.relation()) {
            case SAME -> "the same" + since;
            case SUBSET -> "not every value of it" + since;
            case OURS -> "has no such directive";
        };
    }
}
