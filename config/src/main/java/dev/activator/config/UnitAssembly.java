package dev.activator.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes one unit of its file and drop-ins: looks each assignment up in the directive table, reads its value, and collects what is wrong.
 * A template itself is only checked: values that depend on the instance are left out.
 */
final class UnitAssembly {
    private final UnitName name;
    private final DirectiveTable table;
    private final LoadOptions options;
    private final ValueScope scope;
    private final KnownValues known;
    private final Path fragment;
    private @Nullable Origin origin;
    private final Settings.Builder settings = new Settings.Builder();
    private final DirectiveMap<Assignment> lastOf = new DirectiveMap<>();
    private final List<Path> sources = new ArrayList<>(1);
    private final List<Problem> problems = new ArrayList<>(0);
    /** Assignments of a template whose value depends on the instance. */
    private final DirectiveMap<Assignment> unread = new DirectiveMap<>();

    private @Nullable Location header;
    private boolean failed;
    private boolean unreadable;
    private boolean deferred;

    UnitAssembly(UnitName name, Path fragment, HostFacts facts, LoadOptions options, KnownValues known) {
        this.known = known;
        this.name = name;
        this.table = DirectiveTable.of(name.type());
        this.options = options;
        this.fragment = fragment;
        this.scope = new ValueScope(new Specifiers(name, facts, fragment));
    }

    /**
     * What became of the files.
     *
     * @param unit null where it failed or is a template
     */
    record Outcome(@Nullable Unit unit, LoadState state, List<Problem> problems) {
        Outcome {
            problems = List.copyOf(problems);
        }

        /** The same with one more, and no unit where that is an error. */
        Outcome with(Problem problem) {
            List<Problem> more = new ArrayList<>(problems);
            more.add(problem);
            more.sort(Problem.BY_LOCATION);
            boolean isError = problem.severity() == Problem.Severity.ERROR;
            return new Outcome(isError ? null : unit, isError ? LoadState.BAD_SETTING : state, more);
        }

        /** A unit without any file that could be read. */
        static Outcome without(LoadState state, List<Problem> problems) {
            return new Outcome(null, state, problems);
        }

        /** The same as little as it can be: the unit alone where nothing is wrong with it. */
        Object kept() {
            return unit != null && problems.isEmpty() ? unit : this;
        }

        /** What {@link #kept} gave. */
        static Outcome of(Object kept) {
            return kept instanceof Unit unit ? new Outcome(unit, LoadState.LOADED, List.of()) : (Outcome) kept;
        }
    }

    /** Says that all files that are added are of this origin, so that they need not be listed. */
    void from(Origin files) {
        origin = files;
    }

    void add(UnitFile file, boolean isDropIn) {
        sources.add(file.path());
        for (UnitFile.Flaw flaw : file.flaws()) {
            warn(flaw.at(), flaw.message());
        }
        for (UnitFile.Header each : file.headers()) {
            see(each);
        }
        for (Assignment assignment : file.assignments()) {
            apply(assignment);
        }
        UnitFile.Flaw fatal = file.fatal();
        if (fatal != null && isDropIn) {
            warn(fatal.at(), fatal.message() + ", ignoring the rest of this file");
        } else if (fatal != null) {
            unreadable = fatal.at().line() == 0;
            refuse(fatal.at(), fatal.message());
        }
    }

    private void see(UnitFile.Header each) {
        String section = each.section();
        if (header == null && section.equals(mainSection())) {
            header = each.at();
        }
        if (table.hasSection(section) || section.startsWith("X-")) {
            return;
        }
        String near = Suggestion.nearest(section, table.sections());
        String hint = near == null
                ? "; a " + name.type().suffix() + " unit has [" + String.join("], [", table.sections()) + "]"
                : "; did you mean [" + near + "]?";
        warn(each.at(), "unknown section [" + Quoted.shorten(section) + "], ignoring all of it" + hint);
    }

    private String mainSection() {
        return name.type() == UnitType.SOCKET ? "Socket" : name.type() == UnitType.SERVICE ? "Service" : "Unit";
    }

    private void apply(Assignment assignment) {
        Directive<?> row = table.row(assignment.section(), assignment.key());
        if (row != null) {
            assign(row, assignment);
            return;
        }
        if (!table.hasSection(assignment.section()) || assignment.key().startsWith("X-")) {
            return;
        }
        String hint = table.suggest(assignment.section(), assignment.key())
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
        warn(
                assignment.keyAt(),
                "unknown setting '" + Quoted.shorten(assignment.key()) + "=' in [" + assignment.section()
                        + "], ignoring" + hint);
    }

    private <T> void assign(Directive<T> row, Assignment assignment) {
        String text = assignment.value();
        if (name.isTemplate() && Specifiers.dependsOnInstance(text)) {
            deferred = true;
            unread.put(row, assignment);
            return;
        }
        lastOf.put(row, assignment);
        if (row.syntax().canReset() && row.syntax().isEmpty(text, scope)) {
            reset(row);
            return;
        }
        try {
            if (row.isHolder()) {
                store(row, row, assignment);
            } else {
                for (Directive<T> target : row.targets()) {
                    store(row, target, assignment);
                }
            }
        } catch (BadValue e) {
            String message = row + " '" + Quoted.shorten(text) + "': " + e.reason();
            if (e.isFatal()) {
                refuse(assignment.valueAt(0), message);
            } else {
                warn(assignment.valueAt(0), message + ", ignoring");
            }
        }
        if (scope.hasNotes()) {
            scope.drain().stream()
                    .distinct()
                    .forEach(note -> warn(assignment.valueAt(note.offset()), row + " " + note.message()));
        }
    }

    private <T> void store(Directive<T> row, Directive<T> target, Assignment assignment) throws BadValue {
        T soFar = settings.get(target);
        T value = soFar == null
                ? known.parse(row.syntax(), assignment.value(), scope)
                : row.syntax().parse(soFar, assignment.value(), scope);
        if (!row.syntax().isNothing(value)) {
            settings.put(target, value);
            lastOf.put(target, assignment);
        }
    }

    /** Any empty Listen directive takes all addresses back, whatever their kind. */
    private void reset(Directive<?> row) {
        if (row.syntax() instanceof ListenSyntax) {
            table.all().stream()
                    .filter(each -> each.syntax() instanceof ListenSyntax)
                    .forEach(this::forget);
        }
        forget(row);
    }

    private void forget(Directive<?> row) {
        row.targets().forEach(settings::reset);
        lastOf.remove(row);
    }

    Outcome finish() {
        Settings built = settings.build();
        List<Problem> refusals = new ArrayList<>(0);
        reportSupport(built, refusals);
        if (!failed && !deferred) {
            check(built);
        }
        problems.addAll(refusals);
        if (problems.size() > 1) {
            problems.sort(Problem.BY_LOCATION);
        }
        LoadState state = !failed ? LoadState.LOADED : unreadable ? LoadState.ERROR : LoadState.BAD_SETTING;
        return new Outcome(failed || name.isTemplate() ? null : unit(built, refusals), state, problems);
    }

    private void reportSupport(Settings built, List<Problem> refusals) {
        for (int i = 0; i < lastOf.size(); i++) {
            if (losesSomething(built, lastOf.key(i))) {
                reportSupport(lastOf.key(i), lastOf.value(i), isAllowed(built), refusals);
            }
        }
        for (int i = 0; i < unread.size(); i++) {
            Directive<?> row = unread.key(i);
            if (!(row.support() instanceof Support.Applied) && !lastOf.containsKey(row)) {
                reportSupport(row, unread.value(i), isAllowed(built), refusals);
            }
        }
    }

    private boolean isAllowed(Settings built) {
        return options.allowUnsupportedHardening() || built.get(ActivatorDirectives.ALLOW_UNSUPPORTED_HARDENING);
    }

    /** Where this directive is set; null where it is not. */
    @Nullable
    Location placeOf(Directive<?> row) {
        Assignment later = unread.get(row);
        Assignment assignment = later == null ? lastOf.get(row) : later;
        return assignment == null ? null : assignment.valueAt(0);
    }

    /** Whether its files name other units as its relations. */
    boolean namesOthers() {
        return DependencyDirectives.kinds().keySet().stream().anyMatch(row -> placeOf(row) != null);
    }

    private static <T> boolean losesSomething(Settings built, Directive<T> row) {
        if (row.support() instanceof Support.Applied || !built.isSet(row)) {
            return false;
        }
        return !built.assignments(row).stream().allMatch(row::isHarmless);
    }

    private void reportSupport(Directive<?> row, Assignment at, boolean allowed, List<Problem> refusals) {
        if (row.support() instanceof Support.Approximated approximated) {
            warn(at.keyAt(), row + " is approximated: " + approximated.how());
        } else if (row.support() instanceof Support.Unsupported unsupported) {
            warn(at.keyAt(), row + " is not supported (" + unsupported.why() + "), ignoring");
        } else if (row.support() instanceof Support.Refused refused && allowed) {
            warn(
                    at.keyAt(),
                    row + " cannot be applied (" + refused.why() + "), ignoring as AllowUnsupportedHardening= says");
        } else if (row.support() instanceof Support.Refused refused && row.isOptional(at.value())) {
            warn(at.keyAt(), row + " cannot be applied (" + refused.why() + "), ignoring as its '-' says");
        } else if (row.support() instanceof Support.Refused refused) {
            String way = "AllowUnsupportedHardening=yes in [X-Activator] starts it without";
            refusals.add(new Problem(
                    at.keyAt(),
                    Problem.Severity.ERROR,
                    row + " cannot be applied (" + refused.why() + "), '" + name + "' will not start; " + way));
        }
    }

    private void check(Settings built) {
        Findings findings = new Findings() {
            @Override
            public void error(Directive<?> about, String message) {
                refuse(at(about), message);
            }

            @Override
            public void warning(Directive<?> about, String message) {
                warn(at(about), message);
            }
        };
        switch (name.type()) {
            case SOCKET -> SocketChecks.check(built, findings);
            case SERVICE -> ServiceChecks.check(built, findings);
            case TARGET -> {}
        }
    }

    /** Where this directive is set, or would be. */
    Location at(Directive<?> about) {
        Assignment assignment = lastOf.get(about);
        if (assignment != null) {
            return assignment.valueAt(0);
        }
        return header == null ? new Location(fragment, 0, 0) : header;
    }

    private Unit unit(Settings built, List<Problem> refusals) {
        Origin files = origin == null ? new Origin.Listed(sources) : origin;
        return switch (name.type()) {
            case SOCKET -> new SocketUnit(name, built, files, refusals);
            case SERVICE -> new ServiceUnit(name, built, files, refusals);
            case TARGET -> new TargetUnit(name, built, files, refusals);
        };
    }

    private void warn(Location at, String message) {
        problems.add(new Problem(at, Problem.Severity.WARNING, message));
    }

    private void refuse(Location at, String message) {
        failed = true;
        problems.add(new Problem(at, Problem.Severity.ERROR, message + ", '" + name + "' not loaded"));
    }
}
