package dev.activator.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects what a YAML or JSON file declares for one unit, in the shape of a unit file. */
final class UnitFileBuilder {
    private final Path path;
    private final List<UnitFile.Header> headers = new ArrayList<>();
    private final List<Assignment> assignments = new ArrayList<>();

    /** The unit's own key counts as a header without a section's meaning, so that there is always a place to point to. */
    UnitFileBuilder(Path path, Location at) {
        this.path = path;
        headers.add(new UnitFile.Header("X-Declared", at));
    }

    void header(String section, Location at) {
        headers.add(new UnitFile.Header(section, at));
    }

    void assign(String section, String key, Location keyAt, String value, Location valueAt) {
        assignments.add(Assignment.on(section, key, value, keyAt, valueAt));
    }

    UnitFile build() {
        return new UnitFile(path, headers, assignments, List.of(), null);
    }
}
