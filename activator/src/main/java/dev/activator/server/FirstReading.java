package dev.activator.server;

import dev.activator.cli.RunOptions;
import dev.activator.config.HostFacts;
import dev.activator.config.UnitCatalog;
import dev.activator.handoff.Account;
import dev.activator.handoff.Accounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The first reading of the unit files. It needs nothing of the super-server, and so begins before that is there, on a thread of its own. */
final class FirstReading {
    private final CompletableFuture<Result> result;

    /**
     * What was read.
     *
     * @param self whom the super-server runs as
     */
    record Result(Accounts accounts, Account self, HostFacts facts, UnitCatalog catalog) {}

    private FirstReading(CompletableFuture<Result> result) {
        this.result = result;
    }

    static FirstReading begin(RunOptions options) {
        return new FirstReading(CompletableFuture.supplyAsync(() -> read(options), task -> {
            Thread thread = new Thread(task, "unit-reader");
            thread.setDaemon(true);
            thread.start();
        }));
    }

    private static Result read(RunOptions options) {
        try {
            makeDirectories(options);
            Accounts accounts = new Accounts();
            Account self = OwnAccount.read(accounts);
            HostFacts facts = HostFactsReader.read(self, options.runtime(), options.state());
            UnitCatalog catalog = new UnitReader(options, facts).read(null);
            return new Result(accounts, self, facts, catalog);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void makeDirectories(RunOptions options) throws IOException {
        Files.createDirectories(options.state().resolve("units"));
        if (!Files.isDirectory(options.runtime())) {
            // Services of other users reach the notify socket through it.
            Files.createDirectories(
                    options.runtime(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        }
    }

    /** Waits for it. */
    Result await() throws IOException {
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException failed) {
                throw failed.getCause();
            }
            throw e;
        }
    }
}
