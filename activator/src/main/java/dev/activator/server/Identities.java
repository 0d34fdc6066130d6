package dev.activator.server;

import dev.activator.config.ExecDirectives;
import dev.activator.config.ServiceUnit;
import dev.activator.handoff.Account;
import dev.activator.handoff.Accounts;
import dev.activator.handoff.Credentials;
import dev.activator.handoff.LaunchFailure;
import dev.activator.handoff.LaunchStage;
import dev.activator.listener.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Resolves User=, Group= and SupplementaryGroups= to numbers. systemd.exec(5). */
final class Identities {
    private final Accounts accounts;
    private final Account self;

    /** {@code self}: whom the super-server runs as, the base where a unit names a group alone. */
    Identities(Accounts accounts, Account self) {
        this.accounts = accounts;
        this.self = self;
    }

    /** Who the unit's processes are; null where it names nobody, so that they are who the super-server is. */
    LaunchInputs.@Nullable Identity of(ServiceUnit unit) throws LaunchFailure {
        Optional<String> userName = unit.get(ExecDirectives.USER);
        Optional<String> groupName = unit.get(ExecDirectives.GROUP);
        List<String> extraGroups = unit.get(ExecDirectives.SUPPLEMENTARY_GROUPS);
        if (userName.isEmpty() && groupName.isEmpty() && extraGroups.isEmpty()) {
            return null;
        }
        Account account = userName.isPresent() ? user(userName.get()) : self;
        int gid = groupName.isPresent() ? group(groupName.get()) : account.gid();
        List<Integer> groups = new ArrayList<>(account.groups());
        groups.add(gid);
        for (String name : extraGroups) {
            groups.add(group(name));
        }
        Credentials credentials = new Credentials(account.uid(), gid, groups);
        return new LaunchInputs.Identity(credentials, account.name(), account.home(), account.shell());
    }

    private Account user(String name) throws LaunchFailure {
        Optional<Account> account = accounts.user(name);
        if (account.isEmpty()) {
            throw new LaunchFailure(
                    LaunchStage.USER, Errno.ESRCH, "switching to user '" + name + "' (User=): there is no such user");
        }
        return account.get();
    }

    private int group(String name) throws LaunchFailure {
        var gid = accounts.group(name);
        if (gid.isEmpty()) {
            throw new LaunchFailure(
                    LaunchStage.GROUP,
                    Errno.ESRCH,
                    "switching to group '" + name + "' (Group=): there is no such group");
        }
        return gid.getAsInt();
    }
}
