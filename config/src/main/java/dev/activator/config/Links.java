package dev.activator.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a unit's name leads to: a file, another name, or nothing at all. systemd.unit(5) "Unit file load path", aliases and masks. */
final class Links {
    private static final Path NOTHING = Path.of("/dev/null");

    private final UnitDirectories directories;

    /** What the names that have a file lead to in one step; no others, so that it does not grow with the instances of templates. */
    private final Map<UnitName, Target> steps = new ConcurrentHashMap<>();

    Links(UnitDirectories directories) {
        this.directories = directories;
    }

    /** What became of a name. */
    sealed interface Target {
        /** The unit's own file; problems name {@code path}, the content is read from {@code content}. */
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
        Set<UnitName> seen = new HashSet<>();
        UnitName current = name;
        while (true) {
            UnitDirectories.Entry entry = directories.entries().get(current.toString());
            if (entry == null) {
                return end(name, current, templateOf(current));
            }
            if (!seen.add(current)) {
                return new Target.Broken(entry.path(), "is part of a cycle of links");
            }
            Target next = steps.computeIfAbsent(current, key -> step(key, entry));
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
        return name.isInstance()
                        && directories.entries().containsKey(name.template().toString())
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

    private Target step(UnitName name, UnitDirectories.Entry entry) {
        return entry.declared() == null ? read(name, entry.path()) : new Target.Declared(entry.declared());
    }

    private Target read(UnitName name, Path path) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isSymbolicLink()) {
                return follow(name, path);
            }
            return attributes.isRegularFile() && attributes.size() == 0
                    ? new Target.Masked(path)
                    : new Target.File(path, path);
        } catch (IOException e) {
            return new Target.Broken(path, "cannot be read: " + UnitFiles.reason(e));
        }
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
                    link, loop ? "is part of a cycle of links" : "cannot be read: " + UnitFiles.reason(e));
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
