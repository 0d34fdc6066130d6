package dev.activator.server;

import dev.activator.handoff.Account;
import dev.activator.handoff.Accounts;
import dev.activator.listener.AccountIds;
import java.util.OptionalInt;

/** SocketUser= and SocketGroup= by the host's accounts. */
record ResolvedIds(Accounts accounts) implements AccountIds {
    @Override
    public OptionalInt uid(String user) {
        return accounts.user(user).map(Account::uid).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    @Override
    public OptionalInt gid(String group) {
        return accounts.group(group);
    }
}
