package dev.activator.server;

import dev.activator.config.SandboxDirectives;
import dev.activator.config.ServiceUnit;
import dev.activator.config.UnitName;
import dev.activator.handoff.LaunchFailure;
import dev.activator.handoff.LaunchStage;
import dev.activator.listener.Errno;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The directories that are a service's /tmp and /var/tmp while it lives. systemd.exec(5) PrivateTmp=. */
final class PrivateDirectories {
    private static final String EVERYBODYS = "rwxrwxrwx";
    private static final int STICKY = 01777;

    private final Path workshop;
    private final Map<UnitName, Confinement.Places.Tmp> made = new HashMap<>();

    /** @param workshop made when it is first needed */
    PrivateDirectories(Path workshop) {
        this.workshop = workshop;
    }

    /** An empty directory to build file systems in, each in a namespace of its own; empty where the unit builds none. */
    String workshop(ServiceUnit unit) throws LaunchFailure {
        if (!unit.get(SandboxDirectives.PRIVATE_DEVICES)) {
            return "";
        }
        try {
            return Files.createDirectories(workshop).toString();
        } catch (IOException e) {
            throw failure(workshop, e);
        }
    }

    /** Those of the unit's present run; null where it has none of its own. */
    Confinement.Places.@Nullable Tmp tmp(ServiceUnit unit) throws LaunchFailure {
        if (!Confinement.hasOwnTmp(unit)) {
            return null;
        }
        Confinement.Places.Tmp present = made.get(unit.name());
        if (present == null) {
            present = make(unit.name());
            made.put(unit.name(), present);
        }
        return present;
    }

    private Confinement.Places.Tmp make(UnitName unit) throws LaunchFailure {
        String tmp = make("/tmp", unit);
        String varTmp = make("/var/tmp", unit);
        Path runtime = workshop.toAbsolutePath().getParent();
        for (Map.Entry<String, String> each :
                Map.of("/tmp", tmp, "/var/tmp", varTmp).entrySet()) {
            if (runtime != null && runtime.startsWith(each.getKey())) {
                Path inside =
                        Path.of(each.getValue()).resolve(Path.of(each.getKey()).relativize(runtime));
                try {
                    Files.createDirectories(inside);
                } catch (IOException e) {
                    throw failure(inside, e);
                }
                return new Confinement.Places.Tmp(tmp, varTmp, runtime.toString(), inside.toString());
            }
        }
        return new Confinement.Places.Tmp(tmp, varTmp, "", "");
    }

    /** One that nobody else can enter, and in it the one that the service sees. */
    private static String make(String below, UnitName unit) throws LaunchFailure {
        Path parent = Path.of(below);
        try {
            Path locked = Files.createTempDirectory(parent, "activator-private-" + unit + "-");
            Path open = Files.createDirectory(locked.resolve("tmp"));
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString(EVERYBODYS));
            Files.setAttribute(open, "unix:mode", STICKY);
            return open.toString();
        } catch (IOException e) {
            throw failure(parent, e);
        }
    }

    private static LaunchFailure failure(Path path, IOException e) {
        return new LaunchFailure(
                LaunchStage.NAMESPACE, Errno.EACCES, "making a directory in '" + path + "': " + e.getMessage());
    }

    /** The run is over. What is in them may be much, so the loop does not wait for it. */
    void remove(ServiceUnit unit) {
        Confinement.Places.Tmp gone = made.remove(unit.name());
        if (gone != null) {
            Thread remover = new Thread(() -> removeAll(List.of(gone.tmp(), gone.varTmp())), "private-tmp-remover");
            remover.setDaemon(true);
            remover.start();
        }
    }

    private static void removeAll(List<String> directories) {
        for (String directory : directories) {
            Path locked = Path.of(directory).getParent();
            if (locked != null) {
                // What stays behind does so as with /tmp itself; nobody but root can enter it.
                FileTree.remove(locked);
            }
        }
    }
}
