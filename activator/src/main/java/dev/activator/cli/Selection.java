package dev.activator.cli;

import dev.activator.control.PastRun;
import dev.activator.control.Suggestion;
import dev.activator.control.UnitGlob;
import dev.activator.control.UnitStatus;
import java.util.List;
import java.util.Optional;

/** The units that a command line names. */
final class Selection {
    private Selection() {}

    /** Full names in the order given, each pattern replaced by the names that match it. */
    static List<String> names(ControlClient client, List<String> words) {
        if (words.stream().noneMatch(UnitGlob::isPattern)) {
            return words.stream().map(UnitGlob::complete).distinct().toList();
        }
        List<String> known = client.units().stream().map(UnitStatus::id).toList();
        return words.stream()
                .flatMap(word -> UnitGlob.isPattern(word)
                        ? known.stream().filter(name -> UnitGlob.matches(name, UnitGlob.complete(word)))
                        : List.of(UnitGlob.complete(word)).stream())
                .distinct()
                .toList();
    }

    /** The latest runs of a service, which must exist or have existed. */
    static List<PastRun> runs(ControlClient client, String name, int most) {
        return client.runs(name, most).orElseThrow(() -> notFound(client, name));
    }

    /** No unit has that name. */
    static Failure notFound(ControlClient client, String name) {
        String near = didYouMean(client, name).map(hint -> "; " + hint).orElse(".");
        return new Failure(ExitStatus.UNKNOWN, "Unit " + name + " could not be found" + near);
    }

    /** {@code did you mean 'web.socket'?}, if some unit has a name that near. */
    static Optional<String> didYouMean(ControlClient client, String name) {
        List<String> known = client.units().stream().map(UnitStatus::id).toList();
        return Suggestion.closestUnit(name, known).map(near -> "did you mean '" + near + "'?");
    }
}
