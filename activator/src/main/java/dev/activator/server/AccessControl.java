package dev.activator.server;

import dev.activator.config.AccessDirectives;
import dev.activator.config.AccessRule;
import dev.activator.config.AddressRules;
import dev.activator.config.SocketUnit;
import dev.activator.listener.AccountIds;
import dev.activator.listener.Peer;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Whom AllowFrom= and DenyFrom= let in, for connections that the super-server accepts. Of the rules for Unix peers a user's count before a
 * group's, a denial before a permission.
 */
final class AccessControl {
    private final AddressRules addresses;
    private final Set<Integer> allowedUsers;
    private final Set<Integer> deniedUsers;
    private final Set<Integer> allowedGroups;
    private final Set<Integer> deniedGroups;

    /** Names of accounts are looked up here, once; what cannot be found is told and matches nobody. */
    AccessControl(SocketUnit unit, AccountIds accounts, Consumer<String> warn) {
        List<AccessRule> allowed = unit.get(AccessDirectives.ALLOW_FROM);
        List<AccessRule> denied = unit.get(AccessDirectives.DENY_FROM);
        this.addresses = AddressRules.of(unit);
        this.allowedUsers = numbers(allowed, AccessRule.User.class, accounts, warn);
        this.deniedUsers = numbers(denied, AccessRule.User.class, accounts, warn);
        this.allowedGroups = numbers(allowed, AccessRule.Group.class, accounts, warn);
        this.deniedGroups = numbers(denied, AccessRule.Group.class, accounts, warn);
    }

    private static Set<Integer> numbers(
            List<AccessRule> rules, Class<? extends AccessRule> kind, AccountIds accounts, Consumer<String> warn) {
        Set<Integer> numbers = new HashSet<>();
        for (AccessRule rule : rules) {
            if (kind.isInstance(rule)) {
                OptionalInt number = number(rule, accounts);
                number.ifPresentOrElse(
                        numbers::add,
                        () -> warn.accept("'" + rule + "': there is no such account, so it matches nobody"));
            }
        }
        return numbers;
    }

    private static OptionalInt number(AccessRule rule, AccountIds accounts) {
        String account = rule.toString().substring(4);
        if (account.matches("[0-9]{1,10}")) {
            return OptionalInt.of(Integer.parseUnsignedInt(account));
        }
        return rule instanceof AccessRule.User ? accounts.uid(account) : accounts.gid(account);
    }

    boolean admits(Peer peer) {
        if (peer.address() != null) {
            return addresses.admits(peer.address());
        }
        if (deniedUsers.contains(peer.uid())) {
            return false;
        }
        if (allowedUsers.contains(peer.uid())) {
            return true;
        }
        if (isIn(peer, deniedGroups)) {
            return false;
        }
        return isIn(peer, allowedGroups) || addresses.admitsOthers();
    }

    private static boolean isIn(Peer peer, Set<Integer> groups) {
        return groups.contains(peer.gid()) || peer.groups().stream().anyMatch(groups::contains);
    }
}
