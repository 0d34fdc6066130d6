package dev.activator.config;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One row of the directive table and, at once, the typed key for its value: {@code unit.get(SocketDirectives.BACKLOG)}. Rows are compared by
 * identity; each is a constant.
 *
 * @param <T> type of the value; a directive that has no value unless it is set is an {@code Optional}
 */
public final class Directive<T> {
    private final String section;
    private final String name;
    private final ValueSyntax<T> syntax;
    private final T defaultValue;
    private final String doc;
    private final String since;
    private final Relation relation;
    private final Support support;
    private final List<Directive<T>> targets;
    /** The first of them; null where there is none. Asked at each look for a value. */
    private final @Nullable Directive<T> firstTarget;

    private final Dependent<T> dependent;
    private final Harmless harmless;

    /** A default that depends on other settings; {@code note} says how, for the reference. */
    record Dependent<T>(String note, @Nullable Function<Settings, T> value) {}

    Directive(String section, String name, ValueSyntax<T> syntax, T defaultValue, String doc) {
        this(
                section,
                name,
                syntax,
                defaultValue,
                doc,
                "",
                Relation.SAME,
                new Support.Applied(),
                List.of(),
                new Dependent<>("", null),
                Harmless.NEVER);
    }

    private Directive(
            String section,
            String name,
            ValueSyntax<T> syntax,
            T defaultValue,
            String doc,
            String since,
            Relation relation,
            Support support,
            List<Directive<T>> targets,
            Dependent<T> dependent,
            Harmless harmless) {
        this.section = section;
        this.name = name;
        this.syntax = syntax;
        this.defaultValue = defaultValue;
        this.doc = doc;
        this.since = since;
        this.relation = relation;
        this.support = support;
        this.targets = targets;
        this.firstTarget = targets.isEmpty() ? null : targets.get(0);
        this.dependent = dependent;
        this.harmless = harmless;
    }

    /** Name without {@code =}, {@code ListenStream}. */
    public String name() {
        return name;
    }

    /** Section without brackets, {@code Socket}. */
    public String section() {
        return section;
    }

    /** The value where nothing else determines it. */
    public T defaultValue() {
        return defaultValue;
    }

    /** How the default depends on other settings, {@code 200 with Accept=yes}; empty if it does not. */
    public String defaultNote() {
        return dependent.note();
    }

    /** What it does, in a line. */
    public String doc() {
        return doc;
    }

    /** systemd's version that brought it, {@code 229}; empty where it has always been there, or is ours. */
    public String since() {
        return since;
    }

    public Relation relation() {
        return relation;
    }

    public Support support() {
        return support;
    }

    /** Whether a later assignment adds to an earlier one, and an empty one takes all back. */
    public boolean isList() {
        return syntax.isList();
    }

    /** What may be assigned, {@code time span}. */
    public String valueSyntax() {
        return syntax.grammar();
    }

    /** The value as {@code show} prints it. */
    public String format(T value) {
        return syntax.show(value);
    }

    /** The rows that hold what is assigned to this one; itself, unless this is another name for them. */
    List<Directive<T>> targets() {
        return targets.isEmpty() ? List.of(this) : targets;
    }

    /** Whether it holds its value itself. */
    boolean isHolder() {
        return targets.isEmpty();
    }

    /** The first of these. */
    Directive<T> holder() {
        return firstTarget == null ? this : firstTarget;
    }

    ValueSyntax<T> syntax() {
        return syntax;
    }

    T defaultIn(Settings settings) {
        return dependent.value() == null ? defaultValue : dependent.value().apply(settings);
    }

    /** Whether not applying this value loses nothing: it says what happens anyway. */
    boolean isHarmless(String value) {
        return (value.isEmpty() && syntax.canReset()) || harmless.test(value);
    }

    /** Whether this value says that it may be left out where it cannot be applied. */
    boolean isOptional(String value) {
        return harmless.isOptional(value);
    }

    Directive<T> since(String version) {
        return with(section, version, relation, support, targets, dependent, harmless);
    }

    Directive<T> relation(Relation other) {
        return with(section, since, other, support, targets, dependent, harmless);
    }

    Directive<T> support(Support other) {
        return with(section, since, relation, other, targets, dependent, harmless);
    }

    Directive<T> unsupported(String why) {
        return support(new Support.Unsupported(why));
    }

    Directive<T> refused(String why) {
        return support(new Support.Refused(why));
    }

    Directive<T> approximated(String how) {
        return support(new Support.Approximated(how));
    }

    Directive<T> in(String other) {
        return with(other, since, relation, support, targets, dependent, harmless);
    }

    /** Another name: what is assigned to it counts for those rows. */
    Directive<T> storedIn(List<Directive<T>> others) {
        return with(section, since, relation, support, List.copyOf(others), dependent, harmless);
    }

    Directive<T> defaultFrom(String note, Function<Settings, T> value) {
        return with(section, since, relation, support, targets, new Dependent<>(note, value), harmless);
    }

    Directive<T> harmlessIf(Harmless test) {
        return with(section, since, relation, support, targets, dependent, test);
    }

    private Directive<T> with(
            String otherSection,
            String otherSince,
            Relation otherRelation,
            Support otherSupport,
            List<Directive<T>> otherTargets,
            Dependent<T> otherDependent,
            Harmless otherHarmless) {
        return new Directive<>(
                otherSection,
                name,
                syntax,
                defaultValue,
                doc,
                otherSince,
                otherRelation,
                otherSupport,
                otherTargets,
                otherDependent,
                otherHarmless);
    }

    @Override
    public String toString() {
        return name + "=";
    }
}
