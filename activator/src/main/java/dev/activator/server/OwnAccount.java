package dev.activator.server;

import dev.activator.handoff.Account;
import dev.activator.handoff.Accounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whom the super-server itself runs as. */
final class OwnAccount {
    private OwnAccount() {}

    /** The account, also where the host has no entry for the uid. proc(5) */
    static Account read(Accounts accounts) throws IOException {
        Path self = Path.of("/proc/self");
        int uid = (Integer) Files.getAttribute(self, "unix:uid");
        int gid = (Integer) Files.getAttribute(self, "unix:gid");
        String number = Integer.toUnsignedString(uid);
        return accounts.user(number).orElse(new Account(number, uid, gid, "/", "/bin/sh", List.of(gid)));
    }
}
