package dev.activator.config;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The directive table as the Markdown page that the documentation has. */
public final class DirectiveReference {
    private static final Set<String> SHARED = Set.of("Unit", "Install", "X-Activator");

    private DirectiveReference() {}

    /** The whole page; the same table always gives the same text. */
    public static String render() {
        StringBuilder page = new StringBuilder();
        page.append("# Directives\n\n");
        page.append(
                "Generated from the directive table; do not edit. Every directive that systemd 262 knows for sockets, services and\n");
        page.append(
                "targets is here, with what becomes of it. \"Since\" is the version of systemd that brought it.\n\n");
        page.append(
                "A directive that is **not supported** is read and ignored with a warning that says so. One that is **refused** promises\n");
        page.append(
                "security that cannot be given: a unit that sets it does not start, unless `AllowUnsupportedHardening=yes` in `[X-Activator]`\n");
        page.append("says otherwise. Values that ask for what happens anyway (`PrivateTmp=no`) are never a problem.\n");
        Collection<Directive<?>> service = DirectiveTable.service().all();
        Collection<Directive<?>> socket = DirectiveTable.socket().all();
        section(
                page,
                "[X-Activator]",
                "Our own settings, in sockets and services; systemd ignores them. Those that say whom a socket lets in (AllowFrom= to OnLimit=) are for sockets.",
                in("X-Activator", socket));
        section(page, "[Socket]", "", socketsOwn(socket));
        section(page, "[Service]", "", in("Service", service));
        section(page, "[Unit]", "", in("Unit", service));
        section(page, "[Install]", "", in("Install", service));
        page.append(
                "\nA socket unit can also have the directives of `[Service]` that configure processes. They hold for its commands, which\n");
        page.append(
                "are not run, so they are ignored with a warning; those that would move its sockets elsewhere are refused: ");
        page.append(refusedInSockets(socket)).append(".\n");
        return page.toString();
    }

    static List<Directive<?>> in(String section, Collection<Directive<?>> rows) {
        return rows.stream().filter(row -> row.section().equals(section)).collect(Collectors.toList());
    }

    private static List<Directive<?>> socketsOwn(Collection<Directive<?>> rows) {
        return rows.stream()
                .filter(row -> !SHARED.contains(row.section()))
                .filter(row -> SocketDirectives.rows().contains(row))
                .collect(Collectors.toList());
    }

    private static String refusedInSockets(Collection<Directive<?>> rows) {
        return rows.stream()
                .filter(row -> row.support() instanceof Support.Refused
                        && !SocketDirectives.rows().contains(row))
                .map(row -> "`" + row + "`")
                .collect(Collectors.joining(", "));
    }

    private static void section(StringBuilder page, String title, String text, List<Directive<?>> rows) {
        page.append("\n## ").append(title).append("\n\n");
        if (!text.isEmpty()) {
            page.append(text).append("\n\n");
        }
        page.append("| directive | value | default | what it does | since |\n|---|---|---|---|---|\n");
        rows.stream().filter(row -> row.support() instanceof Support.Applied).forEach(row -> applied(page, row));
        rest(page, rows, Support.Approximated.class);
        rest(page, rows, Support.Refused.class);
        rest(page, rows, Support.Unsupported.class);
    }

    private static <T> void applied(StringBuilder page, Directive<T> row) {
        String list = row.isList() ? ", list" : "";
        String note = row.relation() == Relation.SUBSET ? " Not every value of systemd's is applied." : "";
        page.append("| `")
                .append(row)
                .append("` | ")
                .append(cell(row.valueSyntax()))
                .append(list);
        page.append(" | ")
                .append(defaultOf(row))
                .append(" | ")
                .append(cell(row.doc()))
                .append(note);
        page.append(" | ").append(row.since()).append(" |\n");
    }

    private static <T> String defaultOf(Directive<T> row) {
        boolean isOtherName = !row.targets().contains(row) && !row.targets().contains(SocketDirectives.LISTEN);
        String value = isOtherName ? "" : row.format(row.defaultValue());
        String shown = value.isEmpty() ? "" : "`" + cell(value) + "`";
        if (row.defaultNote().isEmpty() || isOtherName) {
            return shown;
        }
        return shown.isEmpty() ? row.defaultNote() : shown + "; " + row.defaultNote();
    }

    private static void rest(StringBuilder page, List<Directive<?>> rows, Class<? extends Support> kind) {
        List<Directive<?>> chosen =
                rows.stream().filter(row -> kind.isInstance(row.support())).collect(Collectors.toList());
        if (chosen.isEmpty()) {
            return;
        }
        String title = kind == Support.Unsupported.class
                ? "not supported"
                : kind.getSimpleName().toLowerCase(Locale.ROOT);
        page.append("\n### ")
                .append(title.substring(0, 1).toUpperCase(Locale.ROOT))
                .append(title.substring(1));
        page.append("\n\n| directive | in systemd | here | since |\n|---|---|---|---|\n");
        for (Directive<?> row : chosen) {
            page.append("| `")
                    .append(row)
                    .append("` | ")
                    .append(cell(row.doc()))
                    .append(" | ")
                    .append(cell(why(row.support())));
            page.append(" | ").append(row.since()).append(" |\n");
        }
    }

    static String why(Support support) {
        if (support instanceof Support.Unsupported unsupported) {
            return unsupported.why();
        }
        if (support instanceof Support.Refused refused) {
            return refused.why();
        }
        return support instanceof Support.Approximated approximated ? approximated.how() : "";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
