package dev.activator.config;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What becomes of every directive of systemd's, as the Markdown page that the documentation has: one line each, by section and name. */
public final class CompatibilityReference {
    private CompatibilityReference() {}

    /** The whole page; the same table always gives the same text. */
    public static String render() {
        StringBuilder page = new StringBuilder();
        page.append("# Compatibility with systemd\n\n");
        page.append(
                "Generated from the directive table; do not edit. [directives.md](directives.md) says what each directive does.\n\n");
        page.append("| class | means |\n|---|---|\n");
        page.append("| applied | it does what systemd's manual says |\n");
        page.append("| subset | it does, but for some values, which are errors with their place |\n");
        page.append("| approximated | something near enough is done, with a warning that says what |\n");
        page.append("| ignored | read, and ignored with a warning |\n");
        page.append(
                "| refused | it promises security that cannot be given: the unit does not start unless `AllowUnsupportedHardening=yes` says otherwise |\n");
        Collection<Directive<?>> service = DirectiveTable.service().all();
        Collection<Directive<?>> socket = DirectiveTable.socket().all();
        summary(page, service, socket);
        section(page, "Unit", DirectiveReference.in("Unit", service));
        section(page, "Install", DirectiveReference.in("Install", service));
        section(
                page,
                "Socket",
                SocketDirectives.rows().stream()
                        .filter(row -> row.section().equals("Socket"))
                        .collect(Collectors.toList()));
        section(page, "Service", DirectiveReference.in("Service", service));
        return page.toString();
    }

    private static void summary(StringBuilder page, Collection<Directive<?>> service, Collection<Directive<?>> socket) {
        Map<String, Integer> counts = new TreeMap<>();
        service.stream()
                .filter(row -> !row.section().equals("X-Activator"))
                .forEach(row -> counts.merge(word(row), 1, Integer::sum));
        socket.stream()
                .filter(row -> row.section().equals("Socket")
                        && SocketDirectives.rows().contains(row))
                .forEach(row -> counts.merge(word(row), 1, Integer::sum));
        page.append("\nIn all: ")
                .append(counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", ")))
                .append(".\n");
    }

    private static void section(StringBuilder page, String name, List<Directive<?>> rows) {
        page.append("\n## [")
                .append(name)
                .append("]\n\n| directive | class | why, or how | since |\n|---|---|---|---|\n");
        rows.stream()
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .forEach(row -> page.append("| `")
                        .append(row)
                        .append("` | ")
                        .append(word(row))
                        .append(" | ")
                        .append(DirectiveReference.why(row.support()).replace("|", "\\|"))
                        .append(" | ")
                        .append(row.since())
                        .append(" |\n"));
    }

    /** The class of a directive. */
    static String word(Directive<?> row) {
        Support support = row.support();
        if (support instanceof Support.Applied) {
            return row.relation() == Relation.SAME
                    ? "applied"
                    : row.relation().name().toLowerCase(Locale.ROOT);
        }
        return support instanceof Support.Unsupported
                ? "ignored"
                : support.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
