package dev.activator.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Makes units of what the search directories hold, by name, those of templates at any later time too. Any thread. */
final class UnitSources {
    private static final Path NOWHERE = Path.of("/");

    private final UnitDirectories directories;
    private final UnitTable<UnitDirectories.Entry> entries;
    private final Links links;
    private final DropIns dropIns;
    private final HostFacts facts;
    private final LoadOptions options;
    private final KnownValues known = new KnownValues();
    private final LongSupplier clock;
    private final Map<UnitName, UnitFile> templates = new ConcurrentHashMap<>();
    /** One instance of each template all of whose instances are alike. */
    private final Map<UnitName, Unit> uniform = new ConcurrentHashMap<>();

    private final Map<UnitName, List<UnitName>> aliases = new ConcurrentHashMap<>();

    /** What was made of each entry that is no template, as {@link UnitAssembly.Outcome#kept}, and the stamp of its files then. */
    private final @Nullable Object[] made;

    private final long[] stamps;
    private @Nullable UnitSources earlier;

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
        boolean isAlike = earlier != null && earlier.facts.equals(facts) && earlier.options.equals(options);
        this.earlier = isAlike ? earlier : null;
        this.directories = directories;
        this.entries = directories.entries();
        this.links = new Links(directories, clock);
        this.dropIns = new DropIns(directories);
        this.facts = facts;
        this.options = options;
        this.made = new Object[entries.size()];
        this.stamps = new long[entries.size()];
    }

    UnitDirectories directories() {
        return directories;
    }

    Links.Target resolve(UnitName name) {
        return links.resolve(name);
    }

    /** What is to be said of a link to another name that nothing has; empty where the name is none. */
    Optional<Problem> dangling(UnitName name) {
        int at = entries.find(name);
        if (at < 0 || !(links.step(at) instanceof Links.Target.Alias alias)) {
            return Optional.empty();
        }
        String message = "links to '" + alias.name() + "', which does not exist, '" + name + "' not loaded";
        return Optional.of(
                new Problem(new Location(entries.value(at).path(name), 0, 0), Problem.Severity.WARNING, message));
    }

    /** Lets drop-ins of this other name count for the unit, and forgets what was made of it without them. */
    void addAlias(UnitName alias, UnitName unit) {
        aliases.computeIfAbsent(unit, key -> new ArrayList<>()).add(alias);
        int at = entries.find(unit);
        if (at >= 0 && directories.hasDropIns()) {
            made[at] = null;
        }
    }

    List<UnitName> aliasesOf(UnitName unit) {
        return aliases.isEmpty() ? List.of() : List.copyOf(aliases.getOrDefault(unit, List.of()));
    }

    /** Looks at what the name at this index leads to, and makes its unit, if it is one. Several threads may have different indexes. */
    void prepare(int at) {
        Links.Target target = links.step(at);
        boolean isFile = target instanceof Links.Target.Plain || target instanceof Links.Target.File;
        UnitName name = entries.name(at);
        if (isFile && name.instance() == null) {
            stamps[at] = stamp(at, name, target);
            made[at] = makeOnce(at, name);
        }
    }

    private long stamp(int at, UnitName name, Links.Target target) {
        boolean isAlone = target instanceof Links.Target.Plain && !dropIns.isAny(namesOf(name));
        if (isAlone) {
            long stamp = links.stamp(at);
            return stamp == FileLook.UNKNOWN
                    ? stamp
                    : FileLook.mix(stamp, entries.value(at).index());
        }
        List<Path> files = new ArrayList<>(2);
        if (target instanceof Links.Target.File linked) {
            files.add(linked.content());
            files.add(linked.path());
        } else {
            files.add(links.plainFile(name));
        }
        files.addAll(dropIns.paths(namesOf(name)));
        return FileStamp.of(files, clock.getAsLong());
    }

    /** What was made of the same files before is what would be made of them now. */
    private Object makeOnce(int at, UnitName name) {
        UnitSources before = earlier;
        int then = before == null || stamps[at] == FileLook.UNKNOWN ? -1 : before.entries.find(name);
        Object known = before == null || then < 0 || before.stamps[then] != stamps[at] ? null : before.made[then];
        return known == null ? assembly(name).finish().kept() : known;
    }

    /** Reads the unit's files; for an alias those of the unit it stands for. */
    UnitAssembly.Outcome assemble(UnitName name) {
        int at = entries.find(name);
        Object known = at < 0 ? null : made[at];
        if (known != null) {
            return UnitAssembly.Outcome.of(known);
        }
        Links.Target target = links.resolve(name);
        if (target instanceof Links.Target.Alias alias) {
            return assemble(alias.name());
        }
        if (target instanceof Links.Target.Masked) {
            return UnitAssembly.Outcome.without(LoadState.MASKED, List.of());
        }
        if (target instanceof Links.Target.Broken broken) {
            String message = broken.message() + ", '" + name + "' not loaded";
            Problem problem = new Problem(new Location(broken.path(), 0, 0), Problem.Severity.ERROR, message);
            return UnitAssembly.Outcome.without(LoadState.ERROR, List.of(problem));
        }
        return target instanceof Links.Target.Missing
                ? UnitAssembly.Outcome.without(LoadState.NOT_FOUND, List.of())
                : assembly(name).finish();
    }

    /** Where a setting of the unit stands, or would: its files are read for it once more, since few are ever asked about. */
    UnitAssembly assembly(UnitName name) {
        Links.Target target = links.resolve(name);
        UnitFile file = file(name, target);
        UnitAssembly assembly = new UnitAssembly(name, file.path(), facts, options, known);
        assembly.add(file, false);
        List<UnitFile> more = dropInsOf(name);
        for (UnitFile dropIn : more) {
            assembly.add(dropIn, true);
        }
        int at = target instanceof Links.Target.Plain && more.isEmpty() ? entries.find(name) : -1;
        if (at >= 0) {
            assembly.from(entries.value(at).origin());
        }
        return assembly;
    }

    /** Where this text is last assigned to the directive; where the directive is set, or would be, if it stands nowhere. */
    Location placeOf(UnitName name, Directive<?> row, String text) {
        DirectiveTable table = DirectiveTable.of(name.type());
        List<UnitFile> files = new ArrayList<>();
        files.add(file(name, links.resolve(name)));
        files.addAll(dropInsOf(name));
        Location place = assembly(name).at(row);
        for (UnitFile file : files) {
            for (Assignment each : file.assignments()) {
                int at = each.value().indexOf(text);
                Directive<?> assigned = table.row(each.section(), each.key());
                if (at >= 0 && assigned != null && assigned.targets().contains(row)) {
                    place = each.valueAt(at);
                }
            }
        }
        return place;
    }

    /** Nothing of an earlier load, nor what helps with many units, is needed any more once this one is complete. */
    void forgetEarlier() {
        earlier = null;
        known.forget();
        links.forgetLooks();
    }

    private UnitFile file(UnitName name, Links.Target target) {
        if (target instanceof Links.Target.Declared declared) {
            return declared.file();
        }
        if (target instanceof Links.Target.File file) {
            return fileOnce(name, file.content(), file.path());
        }
        if (target instanceof Links.Target.Plain) {
            Path path = links.plainFile(name);
            return name.instance() == null ? UnitFiles.readRegular(path, path) : fileOnce(name, path, path);
        }
        return new UnitFile(NOWHERE, List.of(), List.of(), List.of(), null);
    }

    /** A template's file is read once, for all its instances. */
    private UnitFile fileOnce(UnitName name, Path content, Path path) {
        return name.instance() == null
                ? UnitFiles.read(content, path)
                : templates.computeIfAbsent(
                        name.isTemplate() || !hasOwnFile(name) ? name.template() : name,
                        key -> UnitFiles.read(content, path));
    }

    private boolean hasOwnFile(UnitName name) {
        return entries.containsKey(name);
    }

    private List<UnitFile> dropInsOf(UnitName name) {
        return directories.hasDropIns() ? dropIns.of(namesOf(name)) : List.of();
    }

    private List<UnitName> namesOf(UnitName name) {
        List<UnitName> others = aliasesOf(name);
        if (others.isEmpty()) {
            return List.of(name);
        }
        List<UnitName> names = new ArrayList<>();
        names.add(name);
        names.addAll(others);
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
        Links.Target target = links.resolve(name);
        boolean isFile = target instanceof Links.Target.Plain || target instanceof Links.Target.File;
        return isFile
                && !dependsOnInstance(file(name, target))
                && dropInsOf(name).stream().noneMatch(UnitSources::dependsOnInstance);
    }

    private static boolean dependsOnInstance(UnitFile file) {
        return file.assignments().stream().anyMatch(each -> Specifiers.dependsOnInstance(each.value()));
    }
}
