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
        List<ListenSocket> all = new ArrayList<>(soFar == null ? List.of() : soFar);
        all.add(new ListenSocket(kind, address(scope.expandAll(text), scope)));
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
        return text.matches("\\+?[0-9]\\w*") ? new ListenAddress.AnyPort(port(text)) : internet(text);
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
        Inet4Address address = IpAddresses.parse4(text.substring(0, colon));
        if (address == null) {
            throw BadValue.ignored("'" + Quoted.shorten(text.substring(0, colon))
                    + "' is no IP address; host names are not looked up, write the address");
        }
        return new ListenAddress.Inet4(address, port(text.substring(colon + 1)));
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
