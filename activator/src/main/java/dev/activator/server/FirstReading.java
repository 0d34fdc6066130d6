package dev.activator.server;

import dev.activator.cli.RunOptions;
import dev.activator.config.HostFacts;
import dev.activator.config.UnitCatalog;
import dev.activator.handoff.Account;
import dev.activator.handoff.Accounts;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The first reading of the unit files. It needs nothing of the super-server, and so begins before that is there, on a thread of its own. */
final class FirstReading {
    private final FutureTask<Result> result;

    /**
     * What was read.
     *
     * @param self whom the super-server runs as
     */
    record Result(Accounts accounts, Account self, HostFacts facts, UnitCatalog catalog) {}

    /** A class with a name: the first lambda of a process takes its time, and the reading would wait for it. */
    private record Reading(RunOptions options) implements Callable<Result> {
        @Override
        public Result call() throws IOException {
            refuseAbsent(options.unitDirectories());
            makeDirectories(options);
            Accounts accounts = new Accounts();
            Account self = OwnAccount.read(accounts);
            HostFacts facts = HostFactsReader.read(self, options.runtime(), options.state());
            UnitCatalog catalog = new UnitReader(options, facts).read(null);
            return new Result(accounts, self, facts, catalog);
        }
    }

    private FirstReading(FutureTask<Result> result) {
        this.result = result;
    }

    static FirstReading begin(RunOptions options) {
        FutureTask<Result> result = new FutureTask<>(new Reading(options));
        Thread thread = new Thread(result, "unit-reader");
        thread.setDaemon(true);
        thread.start();
        return new FirstReading(result);
    }

    /** Without a single one that can be read there is nothing to wait for, but a slip of the pen. */
    private static void refuseAbsent(List<Path> directories) throws IOException {
        for (Path directory : directories) {
            if (isReadable(directory.toFile())) {
                return;
            }
        }
        StringJoiner reasons = new StringJoiner(", ");
        for (Path directory : directories) {
            reasons.add("'" + directory + "': " + reason(directory));
        }
        throw new IOException("--units " + reasons + "; give a directory with unit files");
    }

    private static boolean isReadable(File directory) {
        return directory.isDirectory() && directory.canRead();
    }

    private static String reason(Path directory) {
        if (Files.isDirectory(directory)) {
            return "permission denied";
        }
        return Files.exists(directory) ? "is no directory" : "no such directory";
    }

    private static void makeDirectories(RunOptions options) throws IOException {
        refuseForeign(options.state());
        Files.createDirectories(options.state().resolve("units"));
        if (!Files.isDirectory(options.runtime())) {
            // Services of other users reach the notify socket through it.
            Files.createDirectories(
                    options.runtime(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        }
        // Somebody may have been quicker.
        refuseForeign(options.state());
    }

    /** What anybody may have made before us in /tmp, anybody could read and change. See {@link dev.activator.cli.RuntimeDirectory}. */
    private static void refuseForeign(Path state) throws IOException {
        Path shared = state.getParent();
        if (shared == null
                || !shared.toString().startsWith("/tmp/activator-")
                || !Files.exists(shared, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        int owner = (Integer) Files.getAttribute(shared, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        int own = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (owner != own && owner != 0) {
            throw new IOException("cannot use '" + shared + "': it belongs to uid " + owner
                    + ", who could read the logs and decide what is enabled; give another --state DIR");
        }
    }

    /** Waits for it. */
    Result await() throws IOException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new IllegalStateException("the unit files could not be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
