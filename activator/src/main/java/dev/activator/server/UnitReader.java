package dev.activator.server;

import dev.activator.cli.RunOptions;
import dev.activator.config.HostFacts;
import dev.activator.config.LoadOptions;
import dev.activator.config.UnitCatalog;
import dev.activator.config.UnitLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the unit files of a super-server: of the directories that it was given, and of its own, which is searched before them. Any thread. */
record UnitReader(RunOptions options, HostFacts facts) {
    /** @param earlier what was read before; null for nothing */
    UnitCatalog read(@Nullable UnitCatalog earlier) {
        return UnitLoader.load(
                directories(options), facts, new LoadOptions(options.allowUnsupportedHardening()), earlier);
    }

    /** Where units are searched for, the first one first. */
    static List<Path> directories(RunOptions options) {
        List<Path> directories = new ArrayList<>();
        directories.add(new UnitFileStates(options.state()).unitDirectory());
        directories.addAll(options.unitDirectories());
        return directories;
    }
}
