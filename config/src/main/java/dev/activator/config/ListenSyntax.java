package dev.activator.config;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The addresses of one Listen directive. systemd.socket(5) ListenStream=. */
record ListenSyntax(SocketKind kind) implements ValueSyntax<List<ListenSocket>> {
    private static final int MAX_PATH = 107;
    private static final int MAX_PORT = 65535;

    @Override
    public String grammar() {
        return switch (kind) {
            case STREAM, DATAGRAM -> "/path|@abstract|port|v4:port|[v6]:port|vsock:cid:port";
            case SEQPACKET -> "/path|@abstract|vsock:cid:port";
            case FIFO, SPECIAL, USB_FUNCTION -> "absolute path";
            case NETLINK -> "family [group]";
            case MESSAGE_QUEUE -> "/name";
        };
    }

    @Override
    public boolean isList() {
        return true;
    }

    @Override
    public List<ListenSocket> parse(@Nullable List<ListenSocket> soFar, String text, ValueScope scope) throws BadValue {
        ListenSocket socket = new ListenSocket(kind, address(scope.expandAll(text), scope));
        if (soFar == null) {
            return List.of(socket);
        }
        List<ListenSocket> all = new ArrayList<>(soFar);
        all.add(socket);
        return List.copyOf(all);
    }

    private ListenAddress address(String text, ValueScope scope) throws BadValue {
        return switch (kind) {
            case STREAM, DATAGRAM, SEQPACKET -> socketAddress(text, scope);
            case FIFO -> new ListenAddress.FilePath(Paths.withoutVarRun(Paths.absolute(text), scope));
            case SPECIAL, USB_FUNCTION -> new ListenAddress.FilePath(Paths.absolute(text));
            case MESSAGE_QUEUE -> new ListenAddress.QueueName(Paths.absolute(text));
            case NETLINK -> netlink(text);
        };
    }

    private ListenAddress socketAddress(String text, ValueScope scope) throws BadValue {
        if (text.startsWith("/")) {
            String path = Paths.withoutVarRun(text, scope);
            return new ListenAddress.UnixPath(checkLength(path, path));
        }
        if (text.startsWith("@")) {
            return new ListenAddress.UnixAbstract(checkLength(text.substring(1), text));
        }
        if (text.startsWith("vsock")) {
            return vsock(text);
        }
        if (kind == SocketKind.SEQPACKET) {
            throw BadValue.ignored("sequential packets need a Unix socket, '/path' or '@name'");
        }
        return isNumber(text) ? new ListenAddress.AnyPort(port(text)) : internet(text);
    }

    /** Whether it is meant as a number, be it a wrong one: a digit, maybe behind a plus, and letters and digits. */
    private static boolean isNumber(String text) {
        int start = text.startsWith("+") ? 1 : 0;
        if (start == text.length() || text.charAt(start) < '0' || text.charAt(start) > '9') {
            return false;
        }
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isWord = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!isWord) {
                return false;
            }
        }
        return true;
    }

    private static String checkLength(String name, String text) throws BadValue {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw BadValue.ignored("no name after '@'");
        }
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_PATH) {
            throw BadValue.ignored("a Unix socket's " + (text.startsWith("@") ? "name" : "path") + " has at most "
                    + MAX_PATH + " bytes, this one has " + length);
        }
        return name;
    }

    private static ListenAddress vsock(String text) throws BadValue {
        String[] parts = text.split(":", -1);
        if (parts.length != 3 || !parts[0].matches("vsock(-stream|-dgram|-seqpacket)?")) {
            throw BadValue.ignored("expected 'vsock:CID:PORT'");
        }
        long cid = switch (parts[1]) {
            case "", "any", "-1" -> ListenAddress.Vsock.ANY_CID;
            case "hypervisor" -> 0;
            case "local" -> 1;
            case "host" -> 2;
            default -> Numbers.parse(parts[1], 0, ListenAddress.Vsock.ANY_CID);
        };
        return new ListenAddress.Vsock(cid, Numbers.parse(parts[2], 0, ListenAddress.Vsock.ANY_CID - 1));
    }

    private static int port(String text) throws BadValue {
        int plain = plainPort(text);
        return plain > 0 ? plain : oddPort(text);
    }

    /** A decimal number of 1 to 65535; 0 for anything else. */
    private static int plainPort(String text) {
        if (text.isEmpty() || text.length() > 5 || text.charAt(0) == '0') {
            return 0;
        }
        int port = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            port = 10 * port + digit;
        }
        return port > MAX_PORT ? 0 : port;
    }

    private static int oddPort(String text) throws BadValue {
        if (text.matches("[+0-9]\\w*") && text.strip().equals(text)) {
            try {
                int port = (int) Numbers.parse(text, 0, MAX_PORT);
                if (port == 0) {
                    throw BadValue.ignored(
                            "port 0 is refused: clients could not know the port that the kernel would choose; name one, 1.."
                                    + MAX_PORT);
                }
                return port;
            } catch (BadValue e) {
                boolean octal = text.matches("0[0-9]+");
                throw e.reason().startsWith("expected") && octal
                        ? BadValue.ignored(
                                "a leading 0 makes the number octal; write '" + text.replaceFirst("^0+", "") + "'")
                        : BadValue.ignored(e.reason().startsWith("port") ? e.reason() : "port must be 1.." + MAX_PORT);
            }
        }
        throw BadValue.ignored("port must be 1.." + MAX_PORT);
    }

    /** {@code v4:port}, {@code [v6]:port}, {@code [v6]:port%dev}, {@code [v6%dev]:port}. */
    private static ListenAddress internet(String text) throws BadValue {
        int colon = text.lastIndexOf(':');
        if (text.startsWith("[")) {
            return internet6(text);
        }
        Inet4Address plain = colon > 0 ? IpAddresses.parse4(text.substring(0, colon)) : null;
        return plain == null
                ? oddInternet(text, colon)
                : new ListenAddress.Inet4(plain, port(text.substring(colon + 1)));
    }

    /** Says what is wrong with it. */
    private static ListenAddress oddInternet(String text, int colon) throws BadValue {
        if (IpAddresses.parse6(text) != null
                || text.chars().filter(c -> c == ':').count() > 1) {
            throw BadValue.ignored("an IPv6 address stands in brackets and needs a port: '[::1]:80'");
        }
        if (colon < 0) {
            throw BadValue.ignored(
                    IpAddresses.parse4(text) == null
                            ? "expected a port, an address with a port, '/path' or '@name'"
                            : "port is missing; write '" + text + ":80'");
        }
        if (colon == 0) {
            throw BadValue.ignored("no address before ':'; a bare port means every address");
        }
        throw BadValue.ignored("'" + Quoted.shorten(text.substring(0, colon))
                + "' is no IP address; host names are not looked up, write the address");
    }

    private static ListenAddress internet6(String text) throws BadValue {
        int bracket = text.indexOf(']');
        if (bracket < 0 || !text.startsWith(":", bracket + 1)) {
            throw BadValue.ignored("expected '[IPv6 address]:port'");
        }
        String[] inside = text.substring(1, bracket).split("%", 2);
        String[] behind = text.substring(bracket + 2).split("%", 2);
        Inet6Address address = IpAddresses.parse6(inside[0]);
        if (address == null) {
            throw BadValue.ignored("'" + Quoted.shorten(inside[0]) + "' is no IPv6 address");
        }
        String scope = inside.length > 1 ? inside[1] : behind.length > 1 ? behind[1] : null;
        boolean badScope = scope != null && !InterfaceNames.isValid(scope);
        if (badScope || inside.length + behind.length > 3) {
            throw BadValue.ignored("'%' must be followed by one network interface, written '%%eth0'");
        }
        return new ListenAddress.Inet6(address, scope, port(behind[0]));
    }

    private static ListenAddress netlink(String text) throws BadValue {
        String[] words = text.strip().split("[ \t]+", 2);
        return new ListenAddress.Netlink(
                NetlinkFamilies.checked(words[0]), words.length == 1 ? 0 : Numbers.parse(words[1], 0, 0xFFFF_FFFFL));
    }

    @Override
    public boolean isNothing(List<ListenSocket> value) {
        return value.isEmpty();
    }

    @Override
    public List<String> assignments(List<ListenSocket> value) {
        return value.stream().map(each -> written(each.address())).toList();
    }

    /** The address as it is assigned. */
    static String written(ListenAddress address) {
        return address instanceof ListenAddress.AnyPort any
                ? String.valueOf(any.port())
                : Specifiers.protect(address.toString());
    }

    @Override
    public String show(List<ListenSocket> value) {
        return String.join(" ", value.stream().map(ListenSocket::toString).toList());
    }
}
