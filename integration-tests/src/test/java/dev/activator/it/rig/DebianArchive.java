package dev.activator.it.rig;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Debian packages that are downloaded and unpacked, not installed: for their unit files. */
public final class DebianArchive {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final List<String> UNIT_DIRECTORIES =
            List.of("lib/systemd/system", "usr/lib/systemd/system", "usr/lib/systemd/user");

    private DebianArchive() {}

    /**
     * Downloads {@code packages} and copies their unit files, unmodified, into {@code units}. The system's come before the
     * users' of the same name. Skips the test visibly where there is no apt or no archive to be reached.
     *
     * @param work an existing directory for the downloads
     * @return the names of the packages that had a socket unit
     */
    public static Set<String> takeUnitFiles(List<String> packages, Path work, Path units) throws IOException {
        if (Programs.find("apt-get").isEmpty() || Programs.find("dpkg-deb").isEmpty()) {
            throw VisibleSkip.now("needs apt-get and dpkg-deb");
        }
        Outcome download = download(packages, work);
        if (download.exitCode() != 0) {
            Command.of("apt-get", "-qq", "update").within(LIMIT).run();
            download = download(packages, work);
        }
        if (download.exitCode() != 0) {
            throw VisibleSkip.now("cannot download packages: " + download.err());
        }
        Set<String> withSockets = new TreeSet<>();
        for (Path archive : list(work, ".deb")) {
            String name = archive.getFileName().toString();
            Path tree = work.resolve(name.substring(0, name.indexOf('_')));
            Command.of("dpkg-deb", "-x", archive.toString(), tree.toString())
                    .run()
                    .succeeded();
            if (copyUnits(tree, units)) {
                withSockets.add(tree.getFileName().toString());
            }
        }
        return withSockets;
    }

    private static Outcome download(List<String> packages, Path work) {
        return Command.of("apt-get", "-qq", "-o", "APT::Sandbox::User=", "download")
                .and(packages)
                .in(work)
                .within(LIMIT)
                .run();
    }

    private static boolean copyUnits(Path tree, Path units) throws IOException {
        boolean hasSocket = false;
        for (String directory : UNIT_DIRECTORIES) {
            for (String suffix : List.of(".socket", ".service")) {
                for (Path unit : list(tree.resolve(directory), suffix)) {
                    hasSocket |= suffix.equals(".socket");
                    copyLinksAsLinks(unit, units.resolve(unit.getFileName()));
                }
            }
        }
        return hasSocket;
    }

    private static void copyLinksAsLinks(Path from, Path to) throws IOException {
        CopyOption[] options = {LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES};
        if (!Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            Files.copy(from, to, options);
        }
    }

    private static List<Path> list(Path directory, String suffix) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }
}
