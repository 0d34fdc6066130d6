package dev.activator.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Makes units of what the search directories hold, by name, those of templates at any later time too. Any thread. */
final class UnitSources {
    private static final Path NOWHERE = Path.of("/");

    private final UnitDirectories directories;
    private final Links links;
    private final DropIns dropIns;
    private final HostFacts facts;
    private final LoadOptions options;
    private final Map<UnitName, UnitFile> templates = new ConcurrentHashMap<>();
    /** One instance of each template all of whose instances are alike. */
    private final Map<UnitName, Unit> uniform = new ConcurrentHashMap<>();

    private final Map<UnitName, List<UnitName>> aliases = new ConcurrentHashMap<>();

    /** What was made of files, and their stamp then; of units that are no templates. */
    private final Map<UnitName, Made> made = new ConcurrentHashMap<>();

    private @Nullable UnitSources earlier;

    private record Made(long stamp, UnitAssembly.Outcome outcome) {}

    private final LongSupplier clock;
    /** The first load has to be quick; only who loads again may do so once more. */
    private final boolean isReload;

    /**
     * @param earlier whose units are taken over where their files are as they were; null for none
     * @param clock milliseconds since 1970
     */
    UnitSources(
            UnitDirectories directories,
            HostFacts facts,
            LoadOptions options,
            @Nullable UnitSources earlier,
            LongSupplier clock) {
        this.clock = clock;
        this.isReload = earlier != null;
        boolean isAlike = earlier != null && earlier.facts.equals(facts) && earlier.options.equals(options);
        this.earlier = isAlike ? earlier : null;
        this.directories = directories;
        this.links = new Links(directories);
        this.dropIns = new DropIns(directories);
        this.facts = facts;
        this.options = options;
    }

    UnitDirectories directories() {
        return directories;
    }

    Links.Target resolve(UnitName name) {
        return links.resolve(name);
    }

    /** Lets drop-ins of this other name count for the unit. */
    void addAlias(UnitName alias, UnitName unit) {
        aliases.computeIfAbsent(unit, key -> new ArrayList<>()).add(alias);
    }

    List<UnitName> aliasesOf(UnitName unit) {
        return List.copyOf(aliases.getOrDefault(unit, List.of()));
    }

    /** Reads the unit's files; for an alias those of the unit it stands for. */
    UnitAssembly.Outcome assemble(UnitName name) {
        Links.Target target = links.resolve(name);
        if (target instanceof Links.Target.Alias alias) {
            return assemble(alias.name());
        }
        if (target instanceof Links.Target.Masked masked) {
            return UnitAssembly.Outcome.without(LoadState.MASKED, masked.path(), List.of());
        }
        if (target instanceof Links.Target.Broken broken) {
            String message = broken.message() + ", '" + name + "' not loaded";
            Problem problem = new Problem(new Location(broken.path(), 0, 0), Problem.Severity.ERROR, message);
            return UnitAssembly.Outcome.without(LoadState.ERROR, broken.path(), List.of(problem));
        }
        if (target instanceof Links.Target.File file) {
            return name.instance() == null ? assembleOnce(name, file) : assemble(name, file(name, file));
        }
        if (target instanceof Links.Target.Declared declared) {
            return assemble(name, declared.file());
        }
        return UnitAssembly.Outcome.without(LoadState.NOT_FOUND, NOWHERE, List.of());
    }

    /** What was made of the same files before is what would be made of them now. */
    private UnitAssembly.Outcome assembleOnce(UnitName name, Links.Target.File file) {
        if (!isReload) {
            return assemble(name, file(name, file));
        }
        List<Path> files = new ArrayList<>(2);
        files.add(file.content());
        if (!file.path().equals(file.content())) {
            files.add(file.path());
        }
        files.addAll(dropIns.paths(namesOf(name)));
        long stamp = FileStamp.of(files, clock.getAsLong());
        UnitSources before = earlier;
        Made known = stamp == FileStamp.UNKNOWN || before == null ? null : before.made.get(name);
        UnitAssembly.Outcome outcome =
                known != null && known.stamp() == stamp ? known.outcome() : assemble(name, file(name, file));
        if (stamp != FileStamp.UNKNOWN) {
            made.put(name, new Made(stamp, outcome));
        }
        return outcome;
    }

    /** Nothing of an earlier load is needed any more once this one is complete. */
    void forgetEarlier() {
        earlier = null;
    }

    /** A template's file is read once, for all its instances. */
    private UnitFile file(UnitName name, Links.Target.File file) {
        return name.instance() == null
                ? UnitFiles.read(file.content(), file.path())
                : templates.computeIfAbsent(
                        name.isTemplate() || !hasOwnFile(name) ? name.template() : name,
                        key -> UnitFiles.read(file.content(), file.path()));
    }

    private boolean hasOwnFile(UnitName name) {
        return directories.entries().containsKey(name.toString());
    }

    private UnitAssembly.Outcome assemble(UnitName name, UnitFile file) {
        UnitAssembly assembly = new UnitAssembly(name, file.path(), facts, options);
        assembly.add(file, false);
        for (UnitFile dropIn : dropInsOf(name)) {
            assembly.add(dropIn, true);
        }
        return assembly.finish();
    }

    private List<UnitFile> dropInsOf(UnitName name) {
        return dropIns.of(namesOf(name));
    }

    private List<UnitName> namesOf(UnitName name) {
        List<UnitName> names = new ArrayList<>();
        names.add(name);
        names.addAll(aliasesOf(name));
        return names;
    }

    /**
     * An instance of a template; null where it is not loaded. Where nothing in the files tells one instance from another, as is usual
     * with an instance for each connection, they share their settings, and the files are interpreted once.
     */
    @Nullable
    Unit instance(UnitName name) {
        boolean isOrdinary =
                !hasOwnFile(name) && !dropIns.hasOwn(name) && aliasesOf(name).isEmpty();
        Unit alike = isOrdinary ? uniform.get(name.template()) : null;
        if (alike instanceof ServiceUnit service) {
            return service.named(name);
        }
        Unit unit = assemble(name).unit();
        if (isOrdinary && unit != null && unit.refusals().isEmpty() && isUniform(name)) {
            uniform.put(name.template(), unit);
        }
        return unit;
    }

    private boolean isUniform(UnitName name) {
        return links.resolve(name) instanceof Links.Target.File file
                && !dependsOnInstance(file(name, file))
                && dropInsOf(name).stream().noneMatch(UnitSources::dependsOnInstance);
    }

    private static boolean dependsOnInstance(UnitFile file) {
        return file.assignments().stream().anyMatch(each -> Specifiers.dependsOnInstance(each.value()));
    }
}
