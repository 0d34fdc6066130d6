package dev.activator.server;

import dev.activator.handoff.Account;
import dev.activator.handoff.Accounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Whom the super-server itself runs as. */
final class OwnAccount {
    private OwnAccount() {}

    /** The account, also where the host has no entry for the uid. proc(5) */
    static Account read(Accounts accounts) throws IOException {
        Path self = Path.of("/proc/self");
        int uid = (Integer) Files.getAttribute(self, "unix:uid");
        int gid = (Integer) Files.getAttribute(self, "unix:gid");
        String number = Integer.toUnsignedString(uid);
        List<Integer> groups = groups(gid);
        return accounts.user(number, groups).orElse(new Account(number, uid, gid, "/", "/bin/sh", groups));
    }

    /** Those that this process is in, which nobody needs to be asked about. */
    private static List<Integer> groups(int own) throws IOException {
        Set<Integer> groups = new LinkedHashSet<>(List.of(own));
        for (String line :
                new String(Files.readAllBytes(Path.of("/proc/self/status")), StandardCharsets.UTF_8).split("\n", -1)) {
            if (line.startsWith("Groups:")) {
                for (String number : line.substring("Groups:".length()).trim().split(" ", -1)) {
                    if (!number.isEmpty()) {
                        groups.add(Integer.parseUnsignedInt(number));
                    }
                }
            }
        }
        return List.copyOf(groups);
    }
}
