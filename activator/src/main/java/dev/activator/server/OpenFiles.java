package dev.activator.server;

import dev.activator.config.SocketUnit;
import dev.activator.config.UnitCatalog;
import dev.activator.config.UnitLoader;
import dev.activator.listener.OpenFilesLimit;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Sees to it that there are descriptors enough for what the units declare, and says so before there are too few. */
final class OpenFiles {
    /** For ourselves: the log, the control socket, its connections and what is passing. */
    private static final int OWN = 256;
    /** A service that runs: its process, its control group, both ends of its log. */
    private static final int A_SERVICE = 4;

    /** Of a file that declares several. */
    private static final int BYTES_A_UNIT = 40;

    private OpenFiles() {}

    /**
     * Raises the limit where that is needed and allowed, and makes room for what will be opened, on a thread of its own. By the number of
     * files in the directories, since what is in them is not known yet: what children inherit is read after this and must stay as it is.
     */
    static void prepare(List<Path> unitDirectories) {
        long files = 0;
        for (Path directory : unitDirectories) {
            files += expected(directory.toFile());
        }
        long room = OWN + files;
        OpenFilesLimit.raise(need(files, files / 2));
        Thread thread = new Thread(() -> OpenFilesLimit.makeRoom(room), "open-files");
        thread.setDaemon(true);
        thread.start();
    }

    /** About so many files of units as there are, or would be: one in YAML or JSON may have any number. */
    static long expected(File directory) {
        String[] names = directory.list();
        if (names == null) {
            return 0;
        }
        long files = names.length;
        for (String name : names) {
            if (UnitLoader.declaresMany(name)) {
                files += new File(directory, name).length() / BYTES_A_UNIT;
            }
        }
        return files;
    }

    /**
     * Raises it once more where the files let expect less than they declare, or declare more now, and says where it is too low for these
     * units. A service whose own limit is just the one of before then has the new one: better than a socket that cannot be opened.
     */
    static void check(UnitCatalog catalog) {
        long listeners = 0;
        for (SocketUnit socket : catalog.sockets().values()) {
            listeners += socket.listen().size();
        }
        long services = catalog.services().size();
        long limit = OpenFilesLimit.raise(need(listeners, services));
        if (limit >= need(listeners, services)) {
            return;
        }
        String shortage = shortage(listeners, services, limit, open());
        if (!shortage.isEmpty()) {
            LoggerFactory.getLogger("activator").warn("{}", shortage);
        }
    }

    private static long need(long listeners, long services) {
        return OWN + listeners + A_SERVICE * services;
    }

    /** So many this process has open now, before the first listener. */
    private static long open() {
        String[] fds = new File("/proc/self/fd").list();
        return fds == null ? OWN : fds.length;
    }

    /**
     * Empty where the limit does.
     *
     * @param open what is open already without them
     */
    static String shortage(long listeners, long services, long limit, long open) {
        long left = limit - open - listeners;
        if (left >= A_SERVICE * services) {
            return "";
        }
        String what = left < 0
                ? Math.min(-left, listeners) + " of " + listeners + " listeners cannot be opened"
                : "no more than about " + left / A_SERVICE + " of " + services + " services can run at a time";
        return "at most " + limit + " files may be open here, so that " + what
                + ", the others wait; raise the hard limit to " + need(listeners, services)
                + " (LimitNOFILE=, ulimit -Hn, docker run --ulimit nofile=)";
    }
}
