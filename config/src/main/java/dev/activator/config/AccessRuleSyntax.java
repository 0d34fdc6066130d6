package dev.activator.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How AllowFrom= and DenyFrom= are written. The names are those of systemd.resource-control(5) IPAddressAllow=. A wrong word refuses the
 * unit: left out, it would open or close a door.
 */
final class AccessRuleSyntax {
    private static final Map<String, List<String>> NAMES = Map.of(
            "any", List.of("0.0.0.0/0", "::/0"),
            "localhost", List.of("127.0.0.0/8", "::1"),
            "link-local", List.of("169.254.0.0/16", "fe80::/64"));

    private static final int MAPPED_BITS = 96;

    static final ListOf<AccessRule> RULES = new ListOf<>(
            "addresses, networks, any, localhost, link-local, uid:USER, gid:GROUP",
            (text, scope) -> readWords(scope.expandAll(text)),
            AccessRule::toString,
            rule -> Specifiers.protect(rule.toString()));

    private AccessRuleSyntax() {}

    private static List<AccessRule> readWords(String text) throws BadValue {
        List<AccessRule> rules = new ArrayList<>();
        for (String word : Words.split(text, Words.Manner.PLAIN)) {
            for (String each : NAMES.getOrDefault(word, List.of(word))) {
                AccessRule rule = read(each);
                if (!rules.contains(rule)) {
                    rules.add(rule);
                }
            }
        }
        return rules;
    }

    private static AccessRule read(String word) throws BadValue {
        if (word.startsWith("uid:")) {
            return new AccessRule.User(account(word));
        }
        if (word.startsWith("gid:")) {
            return new AccessRule.Group(account(word));
        }
        int slash = word.indexOf('/');
        byte[] address = address(slash < 0 ? word : word.substring(0, slash), word);
        return network(address, slash < 0 ? 8 * address.length : prefix(word, slash, 8 * address.length), word);
    }

    private static String account(String word) throws BadValue {
        String account = word.substring(4);
        if (!account.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,255}")) {
            throw BadValue.fatal("'" + Quoted.shorten(word) + "' has no name or number of an account");
        }
        return account;
    }

    private static byte[] address(String text, String word) throws BadValue {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        InetAddress four = IpAddresses.parse4(bare);
        InetAddress address = four != null ? four : IpAddresses.parse6(bare);
        if (address == null) {
            String near = Suggestion.nearest(text, NAMES.keySet());
            throw BadValue.fatal("'" + Quoted.shorten(word)
                    + "' is no address such as '192.0.2.1', network such as '10.0.0.0/8' or '2001:db8::/32', 'any', "
                    + "'localhost', 'link-local', 'uid:USER' or 'gid:GROUP'"
                    + (near == null ? "" : "; did you mean '" + near + "'?"));
        }
        return address.getAddress();
    }

    private static int prefix(String word, int slash, int most) throws BadValue {
        String digits = word.substring(slash + 1);
        if (!digits.matches("[0-9]{1,3}") || Integer.parseInt(digits) > most) {
            throw BadValue.fatal("'" + Quoted.shorten(word) + "': the number behind the slash is 0.." + most);
        }
        return Integer.parseInt(digits);
    }

    private static AccessRule network(byte[] address, int prefix, String word) throws BadValue {
        byte[] base = masked(address, prefix);
        if (!Arrays.equals(base, address)) {
            throw BadValue.fatal("'" + Quoted.shorten(word) + "' has bits behind its prefix; did you mean '"
                    + new AccessRule.Network(inet(base), prefix) + "'?");
        }
        InetAddress inet = inet(base);
        boolean isMapped = base.length > inet.getAddress().length;
        if (isMapped && prefix < MAPPED_BITS) {
            throw BadValue.fatal(
                    "'" + Quoted.shorten(word) + "' is wider than all of IPv4 in its mapped form, " + "'0.0.0.0/0'");
        }
        return new AccessRule.Network(inet, isMapped ? prefix - MAPPED_BITS : prefix);
    }

    /** An address in IPv6's mapped form comes out as IPv4. */
    private static InetAddress inet(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 bytes are an address", e);
        }
    }

    /** The address with zeros behind the prefix. */
    static byte[] masked(byte[] address, int prefix) {
        byte[] masked = new byte[address.length];
        for (int i = 0; i < masked.length; i++) {
            int bits = Math.max(0, Math.min(8, prefix - 8 * i));
            masked[i] = (byte) (address[i] & (0xFF00 >> bits));
        }
        return masked;
    }
}
