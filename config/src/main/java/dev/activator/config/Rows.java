package dev.activator.config;

import java.util.ArrayList;
import java.util.List;

/** The rows of one section in the making: adds each directive as it is declared, with the version that brought it. */
final class Rows {
    private final String section;
    private final List<Directive<?>> rows = new ArrayList<>();

    Rows(String section) {
        this.section = section;
    }

    <T> Directive<T> add(String name, ValueSyntax<T> syntax, T defaultValue, String doc) {
        return add(row(name, syntax, defaultValue, doc));
    }

    <T> Directive<T> add(Directive<T> row) {
        rows.add(row);
        return row;
    }

    /** A row that is applied as in systemd, still to be changed and added. */
    <T> Directive<T> row(String name, ValueSyntax<T> syntax, T defaultValue, String doc) {
        return new Directive<>(section, name, syntax, defaultValue, doc).since(Versions.of(section, name));
    }

    /** Another name for rows that exist. */
    <T> void alias(String name, String doc, List<Directive<T>> targets) {
        Directive<T> first = targets.get(0);
        add(row(name, first.syntax(), first.defaultValue(), doc).storedIn(targets));
    }

    /** Rows that are read and warned about, one {@code Name|doc} or {@code Name*|doc} a line; {@code why} is a clause. */
    void unsupported(String why, Harmless harmless, String table) {
        raw(new Support.Unsupported(why), harmless, table);
    }

    /** Rows that stop the unit from starting, one {@code Name|doc} a line; {@code why} is a clause. */
    void refused(String why, Harmless harmless, String table) {
        raw(new Support.Refused(why), harmless, table);
    }

    /** A name with a star takes several assignments together, the others the last one. */
    private void raw(Support support, Harmless harmless, String table) {
        for (String line : table.split("\n", -1)) {
            int bar = line.indexOf('|');
            if (bar < 0) {
                continue;
            }
            boolean list = line.charAt(bar - 1) == '*';
            String name = line.substring(0, list ? bar - 1 : bar);
            ValueSyntax<List<String>> syntax = list ? Syntaxes.RAW : Syntaxes.RAW_LAST;
            add(row(name, syntax, List.of(), line.substring(bar + 1))
                    .support(support)
                    .harmlessIf(harmless));
        }
    }

    List<Directive<?>> all() {
        return List.copyOf(rows);
    }
}
