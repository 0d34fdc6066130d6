package dev.activator.server;

import dev.activator.config.ExecDirectives;
import dev.activator.config.SandboxDirectives;
import dev.activator.config.ServiceUnit;
import dev.activator.handoff.Account;
import dev.activator.handoff.Accounts;
import dev.activator.handoff.Credentials;
import dev.activator.handoff.LaunchFailure;
import dev.activator.handoff.LaunchStage;
import dev.activator.listener.Errno;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Resolves User=, Group= and SupplementaryGroups= to numbers. An answer holds as long as the host's own files of users and groups do not change,
 * but no longer than a while, since other databases may: to ask costs a program that is run. For the loop's thread. systemd.exec(5).
 */
final class Identities {
    private static final long LONGEST_NANOS = Duration.ofSeconds(30).toNanos();

    /** The numbers that systemd keeps for such users, too. */
    private static final int FIRST_DYNAMIC = 61184;

    private static final int LAST_DYNAMIC = 65519;

    private final Accounts accounts;
    private final Account self;
    private final LongSupplier clock;
    private final Map<Asked, Known> known = new HashMap<>();
    private long stamp;

    private record Asked(Optional<String> user, Optional<String> group, List<String> extraGroups) {}

    private record Known(LaunchInputs.Identity identity, long since) {}

    /** {@code self}: whom the super-server runs as, the base where a unit names a group alone. */
    Identities(Accounts accounts, Account self) {
        this(accounts, self, System::nanoTime);
    }

    /** @param clock nanoseconds */
    Identities(Accounts accounts, Account self, LongSupplier clock) {
        this.accounts = accounts;
        this.self = self;
        this.clock = clock;
    }

    /** Who the unit's processes are; null where it names nobody, so that they are who the super-server is. */
    LaunchInputs.@Nullable Identity of(ServiceUnit unit) throws LaunchFailure {
        if (unit.get(SandboxDirectives.DYNAMIC_USER)) {
            return dynamic(unit);
        }
        Optional<String> userName = unit.get(ExecDirectives.USER);
        Optional<String> groupName = unit.get(ExecDirectives.GROUP);
        List<String> extraGroups = unit.get(ExecDirectives.SUPPLEMENTARY_GROUPS);
        if (userName.isEmpty() && groupName.isEmpty() && extraGroups.isEmpty()) {
            return null;
        }
        long now = clock.getAsLong();
        long present = accounts.stamp();
        if (present != stamp) {
            known.clear();
            stamp = present;
        }
        Asked asked = new Asked(userName, groupName, extraGroups);
        Known answer = known.get(asked);
        if (answer == null || now - answer.since() > LONGEST_NANOS) {
            answer = new Known(resolve(asked), now);
            known.put(asked, answer);
        }
        return answer.identity();
    }

    /** A number that the unit's name, or User=, gives; a user of the host of that name is taken instead. systemd.exec(5) DynamicUser=. */
    private LaunchInputs.Identity dynamic(ServiceUnit unit) throws LaunchFailure {
        String name = unit.get(ExecDirectives.USER).orElse(unit.name().prefix());
        List<Integer> groups = new ArrayList<>();
        for (String group : unit.get(ExecDirectives.SUPPLEMENTARY_GROUPS)) {
            groups.add(group(group));
        }
        Optional<Account> known = accounts.user(name);
        int uid = known.map(Account::uid)
                .orElse(FIRST_DYNAMIC + Math.floorMod(name.hashCode(), LAST_DYNAMIC - FIRST_DYNAMIC + 1));
        int gid = known.map(Account::gid).orElse(uid);
        groups.add(gid);
        return new LaunchInputs.Identity(new Credentials(uid, gid, groups), name, "/", "/usr/sbin/nologin");
    }

    private LaunchInputs.Identity resolve(Asked asked) throws LaunchFailure {
        Account account = asked.user().isPresent() ? user(asked.user().get()) : self;
        int gid = asked.group().isPresent() ? group(asked.group().get()) : account.gid();
        List<Integer> groups = new ArrayList<>(account.groups());
        groups.add(gid);
        for (String name : asked.extraGroups()) {
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
