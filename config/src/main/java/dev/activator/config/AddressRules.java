package dev.activator.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which addresses AllowFrom= and DenyFrom= let in. The longest prefix that matches decides, of equal ones the denial; an address that
 * none matches is let in unless AllowFrom= is set.
 *
 * @param rules in the order in which they are to be tried: the first that matches decides
 * @param admitsOthers what holds for an address that none matches
 */
public record AddressRules(List<Rule> rules, boolean admitsOthers) {
    public AddressRules {
        rules = List.copyOf(rules);
    }

    /** One network and what is said of it. */
    public record Rule(AccessRule.Network network, boolean admits) {}

    /** The rules of a socket unit. */
    public static AddressRules of(SocketUnit unit) {
        return of(unit.get(AccessDirectives.ALLOW_FROM), unit.get(AccessDirectives.DENY_FROM));
    }

    static AddressRules of(List<AccessRule> allowed, List<AccessRule> denied) {
        List<Rule> rules = new ArrayList<>();
        add(rules, denied, false);
        add(rules, allowed, true);
        rules.sort(Comparator.comparing((Rule rule) -> -rule.network().prefix()));
        return new AddressRules(rules, allowed.isEmpty());
    }

    private static void add(List<Rule> rules, List<AccessRule> from, boolean admits) {
        for (AccessRule each : from) {
            if (each instanceof AccessRule.Network network) {
                rules.add(new Rule(network, admits));
            }
        }
    }

    /** Whether everybody is let in. */
    public boolean admitsAll() {
        return admitsOthers && rules.stream().allMatch(Rule::admits);
    }

    public boolean admits(InetAddress address) {
        for (Rule rule : rules) {
            if (rule.network().contains(address)) {
                return rule.admits();
            }
        }
        return admitsOthers;
    }
}
