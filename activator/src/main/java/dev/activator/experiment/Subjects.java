package dev.activator.experiment;

import dev.activator.cli.ExitStatus;
import dev.activator.cli.Failure;
import dev.activator.cli.MeasureOptions;
import dev.activator.config.ListenAddress;
import dev.activator.config.ListenSocket;
import dev.activator.config.LoadOptions;
import dev.activator.config.LoadState;
import dev.activator.config.Problem;
import dev.activator.config.ServiceUnit;
import dev.activator.config.SocketUnit;
import dev.activator.config.UnitCatalog;
import dev.activator.config.UnitLoader;
import dev.activator.config.UnitName;
import dev.activator.config.UnitType;
import dev.activator.control.Suggestion;
import dev.activator.control.UnitGlob;
import dev.activator.server.HostFactsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The socket units that take part.
 *
 * @param chosen in the order of their names
 * @param others socket units that do not, and are masked
 */
record Subjects(List<Subject> chosen, List<UnitName> others) {
    private static final int FEW = 5;

    Subjects {
        chosen = List.copyOf(chosen);
        others = List.copyOf(others);
    }

    /**
     * Chooses them, and a free port or a file for each of their sockets.
     *
     * @param files where sockets in the file system are meanwhile
     */
    static Subjects choose(MeasureOptions options, Path files) throws IOException {
        for (Path directory : options.unitDirectories()) {
            if (!Files.isDirectory(directory)) {
                throw new Failure(ExitStatus.USAGE, "--units: there is no directory '" + directory + "'.");
            }
        }
        UnitCatalog catalog = UnitLoader.load(
                options.unitDirectories(),
                HostFactsReader.ofThisProcess(files, files),
                new LoadOptions(options.allowUnsupportedHardening()));
        checkNames(catalog, options.sockets());
        List<SocketUnit> wanted = catalog.sockets().values().stream()
                .filter(socket -> UnitGlob.matches(socket.name().toString(), options.sockets()))
                .toList();
        wanted.forEach(socket -> check(catalog, socket));
        if (wanted.isEmpty()) {
            throw new Failure(
                    ExitStatus.USAGE,
                    options.sockets().isEmpty()
                            ? "There is no socket unit in " + listed(options.unitDirectories())
                                    + "; try 'activator verify "
                                    + options.unitDirectories().get(0) + "'."
                            : "No socket unit matches " + String.join(" ", options.sockets()) + ".");
        }
        List<UnitName> others = catalog.names().stream()
                .filter(name -> name.type() == UnitType.SOCKET && !name.isTemplate())
                .filter(name ->
                        wanted.stream().noneMatch(socket -> socket.name().equals(name)))
                .toList();
        return new Subjects(place(wanted, files), others);
    }

    private static void checkNames(UnitCatalog catalog, List<String> names) {
        for (String name : names) {
            UnitName unit = UnitGlob.isPattern(name) ? null : UnitName.parse(name);
            if (unit == null || catalog.sockets().containsKey(unit)) {
                continue;
            }
            List<String> known =
                    catalog.sockets().keySet().stream().map(UnitName::toString).toList();
            String near = Suggestion.closestUnit(name, known)
                    .map(other -> "; did you mean '" + other + "'?")
                    .orElse(".");
            throw new Failure(
                    ExitStatus.UNKNOWN,
                    catalog.state(unit) == LoadState.NOT_FOUND
                            ? "There is no socket unit '" + name + "'" + near
                            : "'" + name + "' cannot take part:\n" + errors(catalog.problems(unit)));
        }
    }

    /** What would not start would look as if it saved everything. */
    private static void check(UnitCatalog catalog, SocketUnit socket) {
        List<Problem> refusals = new ArrayList<>(socket.refusals());
        UnitName service = socket.service();
        catalog.service(service.isTemplate() ? service.withInstance("1") : service)
                .map(ServiceUnit::refusals)
                .ifPresent(refusals::addAll);
        if (!refusals.isEmpty()) {
            throw new Failure(
                    ExitStatus.FAILED,
                    "'" + socket.name() + "' would not start:\n" + errors(refusals)
                            + "\nName other sockets, or pass --allow-unsupported-hardening if that is what is missing.");
        }
    }

    private static String errors(List<Problem> problems) {
        return problems.stream().limit(FEW).map(problem -> "  " + problem).collect(Collectors.joining("\n"));
    }

    private static String listed(List<Path> directories) {
        return directories.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    private static List<Subject> place(List<SocketUnit> sockets, Path files) throws IOException {
        long internet = sockets.stream()
                .flatMap(socket -> socket.listen().stream())
                .filter(each -> isInternet(each.address()))
                .count();
        Iterator<Integer> ports = FreePorts.find(Math.toIntExact(internet)).iterator();
        List<Subject> subjects = new ArrayList<>();
        int file = 0;
        for (SocketUnit socket : sockets) {
            List<Subject.Place> places = new ArrayList<>();
            for (ListenSocket each : socket.listen()) {
                places.add(new Subject.Place(
                        each,
                        isInternet(each.address())
                                ? new Endpoint.Loopback(ports.next())
                                : new Endpoint.File(files.resolve(Integer.toString(file++)))));
            }
            subjects.add(new Subject(socket, places));
        }
        return subjects;
    }

    private static boolean isInternet(ListenAddress address) {
        return address instanceof ListenAddress.AnyPort
                || address instanceof ListenAddress.Inet4
                || address instanceof ListenAddress.Inet6
                || address instanceof ListenAddress.Vsock;
    }
}
