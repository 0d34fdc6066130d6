package dev.activator.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The rows of [Socket]. systemd.socket(5). */
public final class SocketDirectives {
    private static final Rows ROWS = new Rows("Socket");

    /** What all Listen directives that can be applied declare, in file order. No directive has this name. */
    public static final Directive<List<ListenSocket>> LISTEN = new Directive<>(
            "Socket", "Listen", new ListenSyntax(SocketKind.STREAM), List.of(), "Every address listened to.");

    public static final Directive<List<ListenSocket>> LISTEN_STREAM =
            listen(SocketKind.STREAM, "Stream sockets to listen at.");
    public static final Directive<List<ListenSocket>> LISTEN_DATAGRAM =
            listen(SocketKind.DATAGRAM, "Datagram sockets to receive at.");
    public static final Directive<List<ListenSocket>> LISTEN_SEQUENTIAL_PACKET =
            listen(SocketKind.SEQPACKET, "Unix sockets with connections that keep packets apart.");
    public static final Directive<List<ListenSocket>> LISTEN_FIFO =
            listen(SocketKind.FIFO, "Named pipes; made where missing.");

    public static final Directive<List<ListenSocket>> LISTEN_SPECIAL =
            listen(SocketKind.SPECIAL, "Device nodes and files of /proc or /sys to wait at.");
    public static final Directive<List<ListenSocket>> LISTEN_NETLINK =
            listen(SocketKind.NETLINK, "Netlink families to receive from.");
    public static final Directive<List<ListenSocket>> LISTEN_MESSAGE_QUEUE =
            listen(SocketKind.MESSAGE_QUEUE, "POSIX message queues to receive from; made where missing.");

    static {
        otherListen(SocketKind.USB_FUNCTION, "FunctionFS mount points.");
    }

    public static final Directive<List<CommandLine>> EXEC_START_PRE =
            commands("ExecStartPre", "Commands before the sockets are opened.");
    public static final Directive<List<CommandLine>> EXEC_START_POST =
            commands("ExecStartPost", "Commands after the sockets were opened; until they end nobody is served.");
    public static final Directive<List<CommandLine>> EXEC_STOP_PRE =
            commands("ExecStopPre", "Commands before the sockets are closed.");
    public static final Directive<List<CommandLine>> EXEC_STOP_POST =
            commands("ExecStopPost", "Commands after the sockets were closed.");
    public static final Directive<Duration> TIMEOUT = ROWS.add(
            "TimeoutSec", Syntaxes.LIMIT_SPAN, Duration.ofSeconds(90), "Longest run of each of those four lists.");
    public static final Directive<Boolean> PASS_FILE_DESCRIPTORS_TO_EXEC = flag(
            "PassFileDescriptorsToExec", "Gives the open sockets to the commands of ExecStartPost= and ExecStopPre=.");

    public static final Directive<Boolean> WRITABLE =
            flag("Writable", "Opens what ListenSpecial= names for writing, too.");
    public static final Directive<Optional<Long>> MESSAGE_QUEUE_MAX_MESSAGES = ROWS.add(
            "MessageQueueMaxMessages",
            Syntaxes.SIZE.optional(),
            Optional.empty(),
            "Most messages in a queue that is made.");
    public static final Directive<Optional<Long>> MESSAGE_QUEUE_MESSAGE_SIZE = ROWS.add(
            "MessageQueueMessageSize",
            Syntaxes.SIZE.optional(),
            Optional.empty(),
            "Largest message of a queue that is made.");
    public static final Directive<Optional<SocketProtocol>> SOCKET_PROTOCOL = ROWS.add(ROWS.row(
                    "SocketProtocol",
                    Syntaxes.word(SocketProtocol.class).resettable().optional(),
                    Optional.empty(),
                    "Another transport protocol; its connections count as usual only with mptcp.")
            .relation(Relation.SUBSET));

    public static final Directive<BindIpv6Only> BIND_IPV6_ONLY = ROWS.add(
            "BindIPv6Only",
            Syntaxes.word(BindIpv6Only.class),
            BindIpv6Only.DEFAULT,
            "Whether IPv6 listeners take IPv4 as well.");

    public static final Directive<Integer> BACKLOG = ROWS.add(
            "Backlog",
            Syntaxes.COUNT,
            Integer.MAX_VALUE,
            "Length of the queue of connections that wait; the kernel caps it at net.core.somaxconn.");

    public static final Directive<Optional<String>> BIND_TO_DEVICE = ROWS.add(
            "BindToDevice",
            Scalar.expanded("interface", (text, scope) -> interfaceName(text), text -> text)
                    .optional(),
            Optional.empty(),
            "Only traffic of this network interface.");

    public static final Directive<Optional<String>> SOCKET_USER =
            ROWS.add("SocketUser", ExecSyntaxes.USER, Optional.empty(), "Owner of socket files and FIFOs.");
    public static final Directive<Optional<String>> SOCKET_GROUP =
            ROWS.add("SocketGroup", ExecSyntaxes.USER, Optional.empty(), "Group of socket files and FIFOs.");
    public static final Directive<Integer> SOCKET_MODE =
            ROWS.add("SocketMode", Syntaxes.MODE, 0666, "Access mode of socket files and FIFOs.");
    public static final Directive<Integer> DIRECTORY_MODE = ROWS.add(
            "DirectoryMode", Syntaxes.MODE, 0755, "Access mode of directories that are made for socket files.");

    public static final Directive<Boolean> ACCEPT = flag(
            "Accept", "Starts one instance of the service for each connection and gives it that connection alone.");
    public static final Directive<Boolean> FLUSH_PENDING =
            flag("FlushPending", "Throws away what is queued when the service has ended; Accept=no only.");

    public static final Directive<Integer> MAX_CONNECTIONS =
            ROWS.add("MaxConnections", Syntaxes.COUNT, 64, "Most connections at a time with Accept=yes.");
    public static final Directive<Integer> MAX_CONNECTIONS_PER_SOURCE = ROWS.add(
            "MaxConnectionsPerSource", Syntaxes.COUNT, 0, "The same for one IP address or Unix user; 0 for no limit.");

    public static final Directive<Boolean> KEEP_ALIVE =
            flag("KeepAlive", "Asks silent TCP peers whether they are still there.");
    public static final Directive<Optional<Duration>> KEEP_ALIVE_TIME = option(
            "KeepAliveTimeSec", Syntaxes.SPAN, "Silence before the first question; the kernel's default is 2 h.");
    public static final Directive<Optional<Duration>> KEEP_ALIVE_INTERVAL =
            option("KeepAliveIntervalSec", Syntaxes.SPAN, "Time between questions; the kernel's default is 75 s.");
    public static final Directive<Optional<Integer>> KEEP_ALIVE_PROBES = option(
            "KeepAliveProbes",
            Syntaxes.COUNT,
            "Unanswered questions before the peer counts as gone; the kernel's default is 9.");
    public static final Directive<Boolean> NO_DELAY = flag("NoDelay", "Sends small TCP packets at once.");
    public static final Directive<Duration> DEFER_ACCEPT = ROWS.add(
            "DeferAcceptSec",
            Syntaxes.SPAN,
            Duration.ZERO,
            "Wakes nobody for a TCP connection until it has data, at most this long.");

    public static final Directive<Optional<Integer>> PRIORITY =
            option("Priority", anyInt(), "Priority of what is sent; SO_PRIORITY.");
    public static final Directive<Optional<Long>> RECEIVE_BUFFER =
            option("ReceiveBuffer", Syntaxes.SIZE, "Receive buffer; SO_RCVBUF.");
    public static final Directive<Optional<Long>> SEND_BUFFER =
            option("SendBuffer", Syntaxes.SIZE, "Send buffer; SO_SNDBUF.");
    public static final Directive<Optional<Integer>> IP_TOS = option(
            "IPTOS",
            Scalar.of(
                    "0..255|low-delay|throughput|reliability|low-cost",
                    (text, scope) -> typeOfService(text),
                    String::valueOf),
            "Type of service of IP packets; IP_TOS.");
    public static final Directive<Optional<Integer>> IP_TTL =
            option("IPTTL", Syntaxes.number(1, 255), "Time to live, hop limit; IP_TTL.");
    public static final Directive<Optional<Integer>> MARK =
            option("Mark", anyInt(), "Firewall mark of packets; SO_MARK.");
    public static final Directive<Optional<Long>> PIPE_SIZE =
            option("PipeSize", Syntaxes.SIZE, "Capacity of FIFOs; F_SETPIPE_SZ.");

    public static final Directive<Boolean> REUSE_PORT =
            flag("ReusePort", "Lets others bind the same address; SO_REUSEPORT.");
    public static final Directive<Boolean> FREE_BIND =
            flag("FreeBind", "Binds an address that no interface has yet; IP_FREEBIND.");
    public static final Directive<Boolean> TRANSPARENT =
            flag("Transparent", "Binds addresses of other hosts, for proxies; IP_TRANSPARENT.");
    public static final Directive<Boolean> BROADCAST =
            flag("Broadcast", "Allows datagrams to broadcast addresses; SO_BROADCAST.");
    public static final Directive<Boolean> PASS_CREDENTIALS =
            flag("PassCredentials", "Lets the service see the sender's pid, uid and gid; SO_PASSCRED.");
    public static final Directive<Boolean> PASS_SECURITY =
            flag("PassSecurity", "Lets the service see the sender's security context; SO_PASSSEC.");
    public static final Directive<Boolean> PASS_PACKET_INFO =
            flag("PassPacketInfo", "Lets the service see where a datagram came in; IP_PKTINFO and its like.");
    public static final Directive<Timestamping> TIMESTAMPING = ROWS.add(
            "Timestamping", Syntaxes.word(Timestamping.class), Timestamping.OFF, "Time stamps on received packets.");
    public static final Directive<Optional<String>> TCP_CONGESTION = ROWS.add(
            "TCPCongestion",
            Syntaxes.STRING.optional(),
            Optional.empty(),
            "TCP congestion control algorithm; TCP_CONGESTION.");

    public static final Directive<Boolean> REMOVE_ON_STOP =
            flag("RemoveOnStop", "Removes socket files, FIFOs and their links when the socket unit stops.");
    public static final Directive<List<String>> SYMLINKS = ROWS.add(
            "Symlinks",
            ListOf.words(
                    "absolute paths",
                    Words.Manner.QUOTED,
                    (text, scope) -> Paths.absolute(text),
                    text -> text,
                    Syntaxes::quotedWord),
            List.of(),
            "Symbolic links to the unit's one socket file or FIFO.");
    public static final Directive<Optional<String>> FILE_DESCRIPTOR_NAME = ROWS.add(ROWS.row(
                    "FileDescriptorName",
                    ExecSyntaxes.FD_NAME,
                    Optional.empty(),
                    "Name of the descriptors in LISTEN_FDNAMES.")
            .defaultFrom("the unit's name, or connection with Accept=yes", settings -> Optional.empty()));
    public static final Directive<Optional<UnitName>> SERVICE = ROWS.add(ROWS.row(
                    "Service",
                    Scalar.expanded("service unit", (text, scope) -> service(text), UnitName::toString)
                            .optional(),
                    Optional.empty(),
                    "The service to start; Accept=no only.")
            .defaultFrom("the service of the same name", settings -> Optional.empty()));

    public static final Directive<Duration> TRIGGER_LIMIT_INTERVAL = ROWS.add(
            "TriggerLimitIntervalSec",
            Syntaxes.SPAN,
            Duration.ofSeconds(2),
            "Time in which TriggerLimitBurst= wake-ups are allowed; 0 for no limit.");
    public static final Directive<Duration> POLL_LIMIT_INTERVAL = ROWS.add(
            "PollLimitIntervalSec",
            Syntaxes.SPAN,
            Duration.ofSeconds(2),
            "Time in which PollLimitBurst= connections are looked at.");
    public static final Directive<Integer> POLL_LIMIT_BURST = ROWS.add(
            "PollLimitBurst",
            Syntaxes.COUNT,
            0,
            "How many connections PollLimitIntervalSec= allows before the others wait for its end; 0, other than in systemd, for no limit.");
    public static final Directive<Integer> TRIGGER_LIMIT_BURST = ROWS.add(
            ROWS.row("TriggerLimitBurst", Syntaxes.COUNT, 20, "How many wake-ups TriggerLimitIntervalSec= allows.")
                    .defaultFrom("200 with Accept=yes", settings -> settings.get(ACCEPT) ? 200 : 20));

    static {
        SocketDirectivesNotApplied.addTo(ROWS);
    }

    private SocketDirectives() {}

    private static Directive<List<ListenSocket>> listen(SocketKind kind, String doc) {
        return ROWS.add(ROWS.row(kind.directive(), new ListenSyntax(kind), List.of(), doc)
                .storedIn(List.of(LISTEN)));
    }

    private static void otherListen(SocketKind kind, String doc) {
        ROWS.add(ROWS.row(kind.directive(), new ListenSyntax(kind), List.of(), doc)
                .refused("it needs a USB device controller, which is systemd's business"));
    }

    private static Directive<List<CommandLine>> commands(String name, String doc) {
        return ROWS.add(name, new CommandSyntax(), List.of(), doc);
    }

    private static Directive<Boolean> flag(String name, String doc) {
        return ROWS.add(name, Syntaxes.BOOLEAN, false, doc);
    }

    private static <T> Directive<Optional<T>> option(String name, Scalar<T> syntax, String doc) {
        return ROWS.add(name, syntax.optional(), Optional.empty(), doc);
    }

    private static Scalar<Integer> anyInt() {
        return Syntaxes.number(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static String interfaceName(String text) throws BadValue {
        if (!InterfaceNames.isValid(text)) {
            throw BadValue.ignored("no network interface can have that name");
        }
        return text;
    }

    private static int typeOfService(String text) throws BadValue {
        return switch (text) {
            case "low-delay" -> 0x10;
            case "throughput" -> 0x08;
            case "reliability" -> 0x04;
            case "low-cost" -> 0x02;
            default -> (int) Numbers.parse(text, 0, 255);
        };
    }

    private static UnitName service(String text) throws BadValue {
        UnitName name = UnitName.parse(text);
        if (name == null || name.type() != UnitType.SERVICE || name.isTemplate()) {
            throw BadValue.ignored("expected the name of a service, 'web.service'");
        }
        return name;
    }

    static List<Directive<?>> rows() {
        return ROWS.all();
    }
}
