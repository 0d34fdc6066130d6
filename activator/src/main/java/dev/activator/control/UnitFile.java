package dev.activator.control;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a unit's files say about it.
 *
 * @param names the id and every alias
 * @param loadState {@code loaded not-found bad-setting error masked}
 * @param fileState {@code enabled disabled static masked indirect generated}; as {@code is-enabled} prints it
 * @param fragment the main file; null for one that exists in memory only
 * @param dropIns the {@code NAME.d/*.conf} files that were read, in order
 */
public record UnitFile(
        List<String> names,
        String description,
        List<String> documentation,
        String loadState,
        String fileState,
        @Nullable Path fragment,
        List<Path> dropIns) {
    public UnitFile {
        names = List.copyOf(names);
        documentation = List.copyOf(documentation);
        dropIns = List.copyOf(dropIns);
    }
}
