package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is printed is read back as an equal unit, whatever made the unit. */
class RoundTripPropertyTest {
    private static final HostFacts FACTS = HostFacts.forTests();

    private static UnitText.Parsed parse(String name, String text) {
        return UnitText.parse(Units.name(name), text.getBytes(StandardCharsets.UTF_8), FACTS);
    }

    private static void roundTrips(String name, String text) {
        UnitText.Parsed first = parse(name, text);
        if (first.unit() == null) {
            return;
        }
        String printed = UnitText.print(first.unit());
        UnitText.Parsed second = parse(name, printed);
        assertThat(second.unit()).as("%s %s", printed, second.problems()).isEqualTo(first.unit());
        assertThat(second.unit() == null ? "" : UnitText.print(second.unit())).isEqualTo(printed);
    }

    @Property(tries = 400)
    void services(@ForAll("serviceLines") List<String> lines) {
        roundTrips(
                "a-b@c.service", "[Service]\nExecStart=/bin/x $A \"${B} %n\" %%\n" + String.join("\n", lines) + "\n");
    }

    @Property(tries = 400)
    void sockets(@ForAll("socketLines") List<String> lines) {
        roundTrips("a.socket", "[Socket]\nListenStream=/run/first\n" + String.join("\n", lines) + "\n");
    }

    @Property(tries = 400)
    void accessRules(@ForAll("accessLines") List<String> lines) {
        roundTrips(
                "a.socket",
                "[Socket]\nListenStream=1.2.3.4:80\nAccept=yes\n[X-Activator]\n" + String.join("\n", lines) + "\n");
    }

    @Property(tries = 400)
    void quotedWords(@ForAll("words") List<String> words) throws BadValue {
        List<String> quoted = words.stream().map(Escapes::quote).toList();
        assertThat(Words.split(String.join(" ", quoted), Words.Manner.QUOTED)).isEqualTo(words);
    }

    @Property(tries = 400)
    void escapedNames(@ForAll String text) {
        if (text.indexOf('\0') < 0 && isWellFormed(text)) {
            assertThat(UnitEscape.unescape(UnitEscape.escape(text))).isEqualTo(text);
        }
    }

    @Property(tries = 400)
    void timeSpans(@ForAll("micros") long micros) {
        java.time.Duration span = java.time.Duration.of(micros, java.time.temporal.ChronoUnit.MICROS);
        assertThat(TimeSpan.parse(TimeSpan.format(span))).isEqualTo(span);
    }

    @Property(tries = 400)
    void addresses(@ForAll("bytes") byte[] address) throws Exception {
        java.net.Inet6Address six = java.net.Inet6Address.getByAddress(null, address, -1);
        assertThat(IpAddresses.parse6(AddressText.shorten(six))).isEqualTo(six);
    }

    private static boolean isWellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(text);
    }

    @Provide
    Arbitrary<Long> micros() {
        return Arbitraries.longs().between(0, Long.MAX_VALUE / 4);
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        Arbitrary<Byte> bytes = Arbitraries.oneOf(Arbitraries.just((byte) 0), Arbitraries.bytes());
        return bytes.array(byte[].class).ofSize(16);
    }

    @Provide
    Arbitrary<List<String>> words() {
        Arbitrary<Character> characters =
                Arbitraries.chars().with('a', 'ä', ' ', '"', '\'', '\\', '\t', '\n', ';', '%', '$', '#', '€');
        return characters
                .list()
                .ofMaxSize(8)
                .map(RoundTripPropertyTest::join)
                .list()
                .ofMaxSize(4);
    }

    private static String join(List<Character> characters) {
        StringBuilder text = new StringBuilder();
        characters.forEach(text::append);
        return text.toString();
    }

    @Provide
    Arbitrary<List<String>> serviceLines() {
        return lines(List.of(
                "Environment",
                "EnvironmentFile",
                "User",
                "SupplementaryGroups",
                "WorkingDirectory",
                "LimitNOFILE",
                "LimitCPU",
                "TimeoutSec",
                "RestartSec",
                "SuccessExitStatus",
                "StandardInput",
                "StandardOutput",
                "KillSignal",
                "ExecStartPre",
                "ExecStop",
                "RuntimeDirectory",
                "PIDFile",
                "Sockets",
                "UMask",
                "Nice",
                "SystemCallFilter",
                "PrivateTmp",
                "ProtectSystem",
                "ProtectHome",
                "ReadOnlyPaths",
                "ReadWriteDirectories",
                "BindPaths",
                "TemporaryFileSystem",
                "CPUAffinity",
                "IOSchedulingClass",
                "OpenFile",
                "StandardInputText",
                "StandardInputData",
                "AmbientCapabilities",
                "CapabilityBoundingSet",
                "PassEnvironment",
                "UnsetEnvironment"));
    }

    @Provide
    Arbitrary<List<String>> accessLines() {
        Arbitrary<String> values = Arbitraries.of(
                "",
                "10.0.0.0/8 ::1 uid:root",
                "any",
                "::ffff:1.2.3.0/120 localhost gid:27",
                "Mon..Fri 8:00-18:00 22:00-2:00",
                "Sun",
                "always",
                "50/1s",
                "7",
                "2.5",
                "first-byte",
                "hold",
                "refuse",
                "answer:/a%%b",
                "banner:/x",
                "/run//x");
        Arbitrary<String> names = Arbitraries.of(
                AccessDirectives.rows().stream().map(Directive::name).toList());
        return Combinators.combine(names, values)
                .as((name, text) -> name + "=" + text)
                .list()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<String>> socketLines() {
        return lines(List.of(
                "ListenStream",
                "ListenDatagram",
                "ListenFIFO",
                "ListenSequentialPacket",
                "ListenSpecial",
                "ListenNetlink",
                "ListenMessageQueue",
                "MessageQueueMaxMessages",
                "SocketProtocol",
                "Writable",
                "Backlog",
                "SocketMode",
                "SocketUser",
                "BindToDevice",
                "KeepAliveTimeSec",
                "ReceiveBuffer",
                "Symlinks",
                "FileDescriptorName",
                "Service",
                "Priority",
                "IPTOS",
                "TriggerLimitBurst",
                "XAttrListen"));
    }

    /** Values that often fit some directive, put together at random, so that every parser meets both good and bad ones. */
    private static Arbitrary<List<String>> lines(List<String> names) {
        List<String> values = new ArrayList<>(List.of(
                "",
                "yes",
                "no",
                "0",
                "22",
                "022",
                "0x16",
                "-5",
                "infinity",
                "1h30",
                "64K",
                "1:2",
                "/run/x",
                "/a/../b",
                "//a//b/",
                "-/opt/%p",
                "@abstract",
                "%i",
                "%%H%H",
                "[::1]:80",
                "[fe80::1%%lo]:7",
                "1.2.3.4:5",
                "A=b",
                "\"A=b c\" 'D=\"'",
                "A=\\x41\\t",
                "socket",
                "null",
                "file:/x%%y",
                "append:/x y",
                "fd:x",
                "SIGTERM",
                "TEMPFAIL SIGUSR1",
                "a b c",
                "a\\ b",
                "\"a b\" c:d:ro",
                "/bin/a 1 ; -/bin/b \\; 2",
                "/bin/a\\  ; /bin/b",
                "@/bin/x y",
                "x.service",
                "x.socket y.socket",
                "root",
                "~",
                "eth0",
                "low-delay",
                "é",
                "\\",
                "a\\",
                "kobject-uevent 2",
                "/x:name:read-only,graceful",
                "-/a\\ b:/c:rbind",
                "/a\\\\:b:/c\\\\/:norbind",
                "/d:size=1M,mode=0700",
                "CAP_KILL ~cap_chown",
                "~CAP_KILL",
                "+-/var",
                "0-3,5 7",
                "Zm91cgo=",
                "strict",
                "%"));
        Arbitrary<String> value = Arbitraries.oneOf(
                Arbitraries.of(values),
                Arbitraries.strings().withChars("ab%i\\\"' \t$;:/=@-0é").ofMaxLength(12));
        return Combinators.combine(Arbitraries.of(names), value)
                .as((name, text) -> name + "=" + text)
                .list()
                .ofMaxSize(8);
    }
}
