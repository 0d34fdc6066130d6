package dev.activator.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads directories of unit files into a catalog. Never throws for what the files are or say; every trouble is a located problem. */
public final class UnitLoader {
    private final UnitSources sources;
    private final CatalogBuilder catalog;
    private final Map<ListenSocket, UnitName> listeners = new HashMap<>();

    private UnitLoader(UnitSources sources) {
        this.sources = sources;
        this.catalog = new CatalogBuilder(sources);
    }

    /** As {@link #load(List, HostFacts, LoadOptions)} with the default options. */
    public static UnitCatalog load(List<Path> directories, HostFacts facts) {
        return load(directories, facts, LoadOptions.DEFAULT);
    }

    /**
     * Loads all units of these directories; where several have a unit of one name, the first wins.
     *
     * @param directories absolute paths, as {@code /etc/systemd/system}
     * @param facts what specifiers stand for
     */
    public static UnitCatalog load(List<Path> directories, HostFacts facts, LoadOptions options) {
        return load(directories, facts, options, null);
    }

    /**
     * The same, but units whose files are as they were are taken from an earlier catalog instead of being read again.
     *
     * @param earlier null for none
     */
    public static UnitCatalog load(
            List<Path> directories, HostFacts facts, LoadOptions options, @Nullable UnitCatalog earlier) {
        return load(directories, facts, options, earlier, System::currentTimeMillis);
    }

    /** Whether a file of that name declares any number of units, and not the one that it is named for. */
    public static boolean declaresMany(String fileName) {
        return StructuredFiles.isOne(fileName);
    }

    static UnitCatalog load(
            List<Path> directories,
            HostFacts facts,
            LoadOptions options,
            @Nullable UnitCatalog earlier,
            LongSupplier clock) {
        UnitLoader loader = new UnitLoader(new UnitSources(
                new UnitDirectories(directories), facts, options, earlier == null ? null : earlier.sources(), clock));
        Preparation.of(loader.sources);
        UnitCatalog catalog = loader.load(loader.sources.directories().entries().keySet());
        loader.sources.forgetEarlier();
        return catalog;
    }

    /**
     * Loads only the units of these files, with their drop-ins and services, as {@code verify} shows them.
     *
     * @param files unit files, or YAML or JSON files of units
     * @param directories where else their services are searched for; the files' own directories come first
     */
    public static UnitCatalog verify(List<Path> files, List<Path> directories, HostFacts facts, LoadOptions options) {
        Set<Path> searched = new LinkedHashSet<>();
        files.forEach(file -> searched.add(parent(file)));
        searched.addAll(directories);
        UnitDirectories found = new UnitDirectories(List.copyOf(searched));
        Set<UnitName> asked = new TreeSet<>();
        for (Path file : files) {
            ask(file.toAbsolutePath(), found, asked);
        }
        UnitLoader loader = new UnitLoader(new UnitSources(found, facts, options, null, System::currentTimeMillis));
        found.problems()
                .removeIf(problem -> !files.contains(problem.location().file())
                        && !searched.contains(problem.location().file()));
        return loader.load(asked);
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private static void ask(Path file, UnitDirectories found, Set<UnitName> asked) {
        String fileName = String.valueOf(file.getFileName());
        UnitName name = UnitName.parse(fileName);
        if (name != null) {
            found.prefer(name, file);
            asked.add(name);
        } else if (StructuredFiles.isOne(fileName)) {
            asked.addAll(found.declaredIn(file));
        } else {
            String message = Files.exists(file)
                    ? "is no unit file: the name must end in .socket, .service, .target, .yaml, .yml or .json, not loaded"
                    : "cannot be read: no such file" + hint(file);
            found.problems().add(new Problem(new Location(file, 0, 0), Problem.Severity.ERROR, message));
        }
    }

    /** A name without its suffix is that of the service or the socket, if one of these is there. */
    private static String hint(Path file) {
        for (String suffix : List.of(".service", ".socket", ".target")) {
            String whole = file + suffix;
            if (Files.exists(Path.of(whole))) {
                return "; did you mean '" + whole + "'?";
            }
        }
        return "";
    }

    private static Set<UnitName> names(Collection<String> texts) {
        Set<UnitName> names = new TreeSet<>();
        for (String text : texts) {
            UnitName name = UnitName.parse(text);
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    private UnitCatalog load(Set<UnitName> names) {
        List<UnitName> own = new ArrayList<>(names.size());
        for (UnitName name : names) {
            Links.Target target = sources.resolve(name);
            if (target instanceof Links.Target.Missing) {
                sources.dangling(name).ifPresent(sources.directories().problems()::add);
            }
            if (target instanceof Links.Target.Alias alias) {
                sources.addAlias(name, alias.name());
                catalog.alias(name, alias.name());
                own.add(alias.name());
            } else {
                own.add(name);
            }
        }
        own.forEach(this::loadOnce);
        instances(names).forEach(this::loadOnce);
        catalog.sockets().forEach(this::checkService);
        List<SocketUnit> sockets = catalog.sockets();
        sockets.forEach(this::checkAddresses);
        new SleepTimeouts(catalog, this::unaliased).check(sockets);
        UnitCatalog draft = catalog.build();
        return new DependencyChecks(catalog, draft).check() ? catalog.build() : draft;
    }

    /** Instances that nothing but a list or DefaultInstance= names. */
    private Set<UnitName> instances(Set<UnitName> names) {
        Set<UnitName> instances = new TreeSet<>();
        List<String> listed = sources.directories().lists().stream()
                .map(UnitDirectories.Listed::listed)
                .toList();
        for (UnitName name : names(listed)) {
            if (name.isInstance() && names.contains(name.template())) {
                instances.add(name);
            }
        }
        for (UnitName name : names) {
            if (name.isTemplate() && name.type() == UnitType.SOCKET) {
                catalog.defaultInstance(name).ifPresent(instances::add);
            }
        }
        return instances;
    }

    private void loadOnce(UnitName name) {
        if (!catalog.has(name)) {
            catalog.add(name, sources.assemble(name).kept());
        }
    }

    private UnitName unaliased(UnitName name) {
        return sources.resolve(name) instanceof Links.Target.Alias alias ? alias.name() : name;
    }

    private void checkService(SocketUnit socket) {
        UnitName service = socket.service();
        UnitName real = unaliased(service);
        loadOnce(real);
        LoadState state = catalog.state(real);
        if (state == LoadState.LOADED) {
            return;
        }
        String kind = service.isTemplate() ? "template '" : "service '";
        String trouble = switch (state) {
            case NOT_FOUND -> "there is no " + kind + service + "' to start" + hint(socket);
            case MASKED -> "its " + kind + service + "' is masked";
            default -> "its " + kind + service + "' is not loaded";
        };
        catalog.refuse(
                socket.name(),
                catalog.assembly(socket.name()).at(SocketDirectives.SERVICE),
                trouble + ", '" + socket.name() + "' not loaded");
    }

    private String hint(SocketUnit socket) {
        UnitName plain = socket.name().withType(UnitType.SERVICE);
        if (socket.service().isTemplate() && sources.directories().entries().containsKey(plain)) {
            String setting = socket.isAccepting() ? "Accept=yes" : "more than one of Workers=";
            return "; there is '" + plain + "', but " + setting + " needs a template";
        }
        UnitName template = plain.withInstance("");
        if (!socket.isAccepting() && sources.directories().entries().containsKey(template)) {
            return "; there is '" + template + "', which needs Accept=yes";
        }
        return "";
    }

    /** Two units may share an address when only one of them runs, so this is no error. */
    private void checkAddresses(SocketUnit socket) {
        for (ListenSocket each : socket.listen()) {
            UnitName other = listeners.putIfAbsent(each, socket.name());
            if (other != null && !socket.get(SocketDirectives.REUSE_PORT)) {
                catalog.warn(
                        socket.name(),
                        catalog.assembly(socket.name()).at(SocketDirectives.LISTEN),
                        each.kind().directive() + "= '" + each.address() + "' is an address of '" + other
                                + "' too, only one of them can listen at a time");
            }
        }
    }
}
