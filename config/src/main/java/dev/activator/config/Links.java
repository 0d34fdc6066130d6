package dev.activator.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What a unit's name leads to: a file, another name, or nothing at all. systemd.unit(5) "Unit file load path", aliases and masks. */
final class Links {
    private static final Path NOTHING = Path.of("/dev/null");
    private static final Target PLAIN = new Target.Plain();

    private final UnitDirectories directories;
    private final LongSupplier clock;
    private final UnitTable<UnitDirectories.Entry> entries;
    /** What each name that has a file leads to in one step; null where nobody has looked yet. */
    private final @Nullable Target[] steps;

    /** What the look at a plain file told, while all are being read. */
    private long[] stamps;

    /** @param clock milliseconds since 1970 */
    Links(UnitDirectories directories, LongSupplier clock) {
        this.directories = directories;
        this.clock = clock;
        this.entries = directories.entries();
        this.steps = new Target[entries.size()];
        this.stamps = new long[entries.size()];
    }

    /** What became of a name. */
    sealed interface Target {
        /** The unit's own file, as it lies in the directory. */
        record Plain() implements Target {}

        /** The unit's own file by a link; problems name {@code path}, the content is read from {@code content}. */
        record File(Path path, Path content) implements Target {}

        /** The unit is declared in a YAML or JSON file. */
        record Declared(UnitFile file) implements Target {}

        /** Another name of this unit. */
        record Alias(UnitName name) implements Target {}

        /** Never to be started. */
        record Masked(Path path) implements Target {}

        /** Nothing can be read; the message is a clause. */
        record Broken(Path path, String message) implements Target {}

        /** No directory has it. */
        record Missing() implements Target {}
    }

    /** Follows links, and aliases of aliases, to the end. */
    Target resolve(UnitName name) {
        int at = entries.find(name);
        if (at < 0) {
            return end(name, name, templateOf(name));
        }
        Target first = step(at);
        return first instanceof Target.Alias ? follow(name) : first;
    }

    private Target follow(UnitName name) {
        Set<UnitName> seen = new HashSet<>();
        UnitName current = name;
        while (true) {
            int at = entries.find(current);
            if (at < 0) {
                return end(name, current, templateOf(current));
            }
            if (!seen.add(current)) {
                return new Target.Broken(entries.value(at).path(current), "is part of a cycle of links");
            }
            Target next = step(at);
            if (!(next instanceof Target.Alias alias)) {
                return current.equals(name) || next instanceof Target.Masked || next instanceof Target.Broken
                        ? next
                        : new Target.Alias(current);
            }
            if (alias.name().equals(current)) {
                return end(name, current, templateOf(current));
            }
            current = alias.name();
        }
    }

    /** What an instance without a file of its own comes to by its template. */
    private Target templateOf(UnitName name) {
        return name.isInstance() && entries.containsKey(name.template())
                ? resolve(name.template())
                : new Target.Missing();
    }

    private static Target end(UnitName asked, UnitName last, Target template) {
        if (template instanceof Target.Alias alias) {
            return new Target.Alias(alias.name().withInstance(last.instance()));
        }
        boolean isOther = !asked.equals(last);
        return isOther && !(template instanceof Target.Missing) && !(template instanceof Target.Masked)
                ? new Target.Alias(last)
                : template;
    }

    /** What the name at this index of the entries leads to in one step; different ones by different threads at a time. */
    Target step(int at) {
        Target known = steps[at];
        if (known == null) {
            UnitDirectories.Entry entry = entries.value(at);
            UnitFile declared = entry.declared();
            known = declared == null ? look(at, entry.path(entries.name(at))) : new Target.Declared(declared);
            steps[at] = known;
        }
        return known;
    }

    /** What the look at a plain file told. {@link FileLook#stamp} */
    long stamp(int at) {
        return stamps[at];
    }

    /** They are of use to {@link #stamp} alone. */
    void forgetLooks() {
        stamps = new long[0];
    }

    private Target look(int at, Path path) {
        try {
            FileLook look = FileLook.at(path, clock.getAsLong(), LinkOption.NOFOLLOW_LINKS);
            if (look.isLink()) {
                return follow(entries.name(at), path);
            }
            if (look.isRegular() && look.size() == 0) {
                return new Target.Masked(path);
            }
            if (!look.isRegular() || entries.value(at).file() != null) {
                return new Target.File(path, path);
            }
            if (at < stamps.length) {
                stamps[at] = look.stamp();
            }
            return PLAIN;
        } catch (IOException e) {
            return new Target.Broken(path, "cannot be read: " + FileTrouble.reason(e));
        }
    }

    /** The file of a name that leads to a plain one: its own, or for an instance the template's. */
    Path plainFile(UnitName name) {
        int own = entries.find(name);
        int at = own < 0 ? entries.find(name.template()) : own;
        return entries.value(at).path(entries.name(at));
    }

    private Target follow(UnitName name, Path link) throws IOException {
        Path target = link.resolveSibling(Files.readSymbolicLink(link)).normalize();
        if (target.equals(NOTHING)) {
            return new Target.Masked(link);
        }
        String targetName = String.valueOf(target.getFileName());
        boolean isAlias = directories.isSearched(target.getParent()) && !targetName.equals(name.toString());
        if (isAlias) {
            return alias(name, link, targetName);
        }
        try {
            Path real = link.toRealPath();
            boolean empty = real.equals(NOTHING) || (Files.isRegularFile(real) && Files.size(real) == 0);
            return empty ? new Target.Masked(link) : new Target.File(link, real);
        } catch (java.nio.file.NoSuchFileException e) {
            return new Target.Broken(link, "links to '" + target + "', which does not exist");
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            boolean loop = reason.contains("Too many levels") || reason.contains("Too many symbolic");
            return new Target.Broken(
                    link, loop ? "is part of a cycle of links" : "cannot be read: " + FileTrouble.reason(e));
        }
    }

    private static Target alias(UnitName name, Path link, String targetName) {
        UnitName target = UnitName.parse(targetName);
        boolean sameKind =
                target != null && target.type() == name.type() && (!target.isTemplate() || name.instance() != null);
        if (target == null || !sameKind) {
            return new Target.Broken(
                    link,
                    "links to '" + Quoted.shorten(targetName) + "', which cannot be another name of '" + name + "'");
        }
        return new Target.Alias(target.isTemplate() ? target.withInstance(name.instance()) : target);
    }
}
