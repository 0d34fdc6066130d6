package dev.activator.config;

import java.nio.file.Path;
import java.util.List;

/** Which files a unit was read from. Those that are nothing but a file of their name in a directory share one object. */
sealed interface Origin {
    /** The unit file, then its drop-ins in the order in which they count. */
    List<Path> files(UnitName name);

    /** A file of the unit's name, and nothing else. */
    record InDirectory(Path directory) implements Origin {
        @Override
        public List<Path> files(UnitName name) {
            return List.of(directory.resolve(name.toString()));
        }
    }

    /** These. */
    record Listed(List<Path> paths) implements Origin {
        public Listed {
            paths = List.copyOf(paths);
        }

        @Override
        public List<Path> files(UnitName name) {
            return paths;
        }
    }
}
