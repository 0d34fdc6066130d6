package dev.activator.experiment;

import dev.activator.config.SocketKind;
import dev.activator.config.UnitName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Drop-ins that put the experiment's addresses and timeouts over the units as they are declared, whose files stay untouched. */
final class Overlay {
    /** After whatever drop-ins the units have of their own. */
    private static final String DROP_IN = "zzz-measure.conf";

    private static final Path NOTHING = Path.of("/dev/null");

    private Overlay() {}

    /**
     * Writes them into a directory that comes before those of the units.
     *
     * @param idleTimeout in place of the units' own; null to leave them
     */
    static void write(Path directory, Subjects subjects, Mode mode, @Nullable Duration idleTimeout) throws IOException {
        for (Subject subject : subjects.chosen()) {
            write(directory, subject.socket().toString(), addresses(subject.places()));
            String timeout =
                    mode == Mode.ALWAYS_ON ? "infinity" : idleTimeout == null ? "" : idleTimeout.toMillis() + "ms";
            if (!timeout.isEmpty() && !subject.unit().isAccepting()) {
                write(
                        directory,
                        subject.unit().service().toString(),
                        "[X-Activator]\nIdleTimeoutSec=" + timeout + "\n");
            }
        }
        for (UnitName other : subjects.others()) {
            Files.createSymbolicLink(directory.resolve(other.toString()), NOTHING);
        }
    }

    private static String addresses(List<Subject.Place> places) {
        StringBuilder text = new StringBuilder("[Socket]\n");
        text.append(SocketKind.STREAM.directive()).append("=\n");
        for (Subject.Place place : places) {
            text.append(place.declared().kind().directive())
                    .append('=')
                    .append(place.endpoint().toString().replace("%", "%%"))
                    .append('\n');
        }
        return text.toString();
    }

    private static void write(Path directory, String unit, String text) throws IOException {
        Path dropIns = Files.createDirectories(directory.resolve(unit + ".d"));
        Files.writeString(dropIns.resolve(DROP_IN), text);
    }
}
