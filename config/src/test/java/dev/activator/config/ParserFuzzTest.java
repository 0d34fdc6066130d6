package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Unit files that began as good ones and were then damaged: bytes changed, pieces swapped, doubled, cut out, put in from elsewhere. Each
 * must end with a unit or with problems, at once; and a unit that came of it must be the same after it was printed and read again. As
 * many as {@code -Dfuzz.inputs=} says, 20,000 otherwise; {@code -Dfuzz.seed=} repeats a run.
 */
class ParserFuzzTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 20_000);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final int LONGEST = 4096;
    /** A pause of the machine is none of the parser's; what takes longer than that in each of three tries is. */
    private static final long STALL_NANOS = 500_000_000;

    private static final List<String> NAMES = List.of(
            "x.socket", "x@.socket", "x.service", "x@.service", "x@y-z.service", "x.target", "x.yaml", "x.json");

    private static final HostFacts FACTS = HostFacts.forTests();

    private final Random random = new Random(SEED);
    private final List<byte[]> seeds = seeds();
    private final List<byte[]> words = words();
    private long slowest;
    private String slowestInput = "";

    @Test
    void damagedFilesEndWithUnitsOrProblems() {
        int units = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = damaged();
            String name = NAMES.get(random.nextInt(NAMES.size()));
            try {
                units += read(name, input) ? 1 : 0;
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("input " + i + " of seed " + SEED + " as " + name + ": " + text(input), e);
            }
        }
        System.out.printf(
                "%,d damaged files, %,d of them units; the slowest took %.1f ms: %s%n",
                INPUTS, units, slowest / 1e6, slowestInput);
        assertThat(units).as("files that were still good").isBetween(INPUTS / 100, INPUTS - INPUTS / 100);
    }

    /** The first byte chooses the name. */
    void readAnyKind(byte[] input) {
        if (input.length > 0) {
            String name = NAMES.get(Math.floorMod(input[0], NAMES.size()));
            readOnce(name, Arrays.copyOfRange(input, 1, Math.min(input.length, LONGEST)));
        }
    }

    private boolean read(String name, byte[] input) {
        long taken = Long.MAX_VALUE;
        boolean isUnit = false;
        for (int tries = 0; tries < 3 && taken > STALL_NANOS; tries++) {
            long begun = System.nanoTime();
            isUnit = readOnce(name, input);
            taken = Math.min(taken, System.nanoTime() - begun);
        }
        assertThat(taken).as(() -> "time for " + name + ": " + text(input)).isLessThan(STALL_NANOS);
        if (taken > slowest) {
            slowest = taken;
            slowestInput = name + " " + text(Arrays.copyOf(input, Math.min(input.length, 100)));
        }
        return isUnit;
    }

    private boolean readOnce(String name, byte[] input) {
        if (StructuredFiles.isOne(name)) {
            StructuredFiles.Declared declared =
                    StructuredReader.read(Path.of(name), new String(input, StandardCharsets.UTF_8));
            declared.problems().forEach(this::check);
            return !declared.units().isEmpty();
        }
        UnitText.Parsed parsed = UnitText.parse(Units.name(name), input, FACTS);
        parsed.problems().forEach(this::check);
        Unit unit = parsed.unit();
        if (unit == null) {
            return false;
        }
        String printed = UnitText.print(unit);
        Unit again = UnitText.parse(Units.name(name), printed.getBytes(StandardCharsets.UTF_8), FACTS)
                .unit();
        if (!unit.equals(again)) {
            throw new IllegalStateException("another unit after printing it: " + printed);
        }
        return true;
    }

    private void check(Problem problem) {
        String text = problem.toString();
        boolean isLine = !text.isBlank() && text.indexOf('\n') < 0 && text.indexOf('\r') < 0 && text.indexOf('\0') < 0;
        if (!isLine || problem.location().line() < 0 || problem.location().column() < 0) {
            throw new IllegalStateException("bad problem: " + text);
        }
    }

    private byte[] damaged() {
        byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
        int wounds = 1 + random.nextInt(6);
        for (int i = 0; i < wounds; i++) {
            input = wound(input);
        }
        return input.length > LONGEST ? Arrays.copyOf(input, LONGEST) : input;
    }

    private byte[] wound(byte[] input) {
        int at = random.nextInt(input.length + 1);
        int end = at + random.nextInt(Math.min(input.length - at, 40) + 1);
        return switch (random.nextInt(7)) {
            case 0 -> flipped(input);
            case 1 -> spliced(input, at, at, new byte[] {(byte) random.nextInt(256)});
            case 2 -> spliced(input, at, end, new byte[0]);
            case 3 -> spliced(input, at, at, Arrays.copyOfRange(input, at, end));
            case 4 -> spliced(input, at, end, words.get(random.nextInt(words.size())));
            case 5 -> spliced(input, at, at, lines());
            default -> {
                byte[] other = seeds.get(random.nextInt(seeds.size()));
                int from = random.nextInt(other.length);
                yield spliced(input, at, end, Arrays.copyOfRange(other, from, Math.min(other.length, from + 80)));
            }
        };
    }

    private byte[] flipped(byte[] input) {
        if (input.length > 0) {
            input[random.nextInt(input.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return input;
    }

    /** One assignment to any directive, often repeated, with a value of some other directive's. */
    private byte[] lines() {
        byte[] word = words.get(random.nextInt(words.size()));
        byte[] value = words.get(random.nextInt(words.size()));
        int times = random.nextInt(20) == 0 ? 200 : 1;
        return ("\n" + text(word) + text(value)).repeat(times).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] spliced(byte[] input, int from, int to, byte[] piece) {
        byte[] all = new byte[input.length - (to - from) + piece.length];
        System.arraycopy(input, 0, all, 0, from);
        System.arraycopy(piece, 0, all, from, piece.length);
        System.arraycopy(input, to, all, from + piece.length, input.length - to);
        return all;
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    private static List<byte[]> seeds() {
        return bytes(List.of("""
                [Unit]
                Description=Web of %H
                Requires=db.service
                After=db.service network.target
                ConditionPathExists=|!/etc/web.off
                [Socket]
                ListenStream=0.0.0.0:8080
                ListenStream=[::1]:81
                ListenDatagram=/run/%p.sock
                ListenFIFO=/run/fifo
                Backlog=4096
                SocketMode=0600
                Accept=yes
                KeepAliveTimeSec=1min 30s
                [X-Activator]
                AllowFrom=10.0.0.0/8 ::1 uid:root
                AccessTimes=Mon..Fri 8:00-18:00
                ConnectionRate=50/1s
                WhileSuspended=answer:/etc/sorry
                [Install]
                WantedBy=sockets.target
                """, """
                [Unit]
                Description=Service %i
                [Service]
                Type=notify
                ExecStartPre=-/bin/mkdir -p "/run/%n"
                ExecStart=@/usr/bin/web web --name=%i "a \\x41 b" $ARGS ${ONE} ; /bin/two
                Environment="A=b c" D=$$E 'F="g"'
                EnvironmentFile=-/etc/default/web
                User=nobody
                WorkingDirectory=~
                LimitNOFILE=1024:4096
                Restart=on-failure
                RestartSec=100ms
                SuccessExitStatus=TEMPFAIL 250 SIGUSR1
                StandardInput=socket
                StandardOutput=append:/var/log/web
                RuntimeDirectory=web web/sub:link
                TimeoutStopSec=infinity
                KillSignal=SIGINT
                SystemCallFilter=~@mount
                [X-Activator]
                IdleTimeoutSec=10min
                KeepWarm=Mon 8:00-9:00
                """, """
                web.socket:
                  Socket:
                    ListenStream: [8080, "/run/web"]
                  Install: {WantedBy: sockets.target}
                web.service:
                  Service:
                    ExecStart: /usr/bin/web --port 8080
                    Environment: {A: b, C: "d e"}
                """, """
                {"web.socket": {"Socket": {"ListenStream": ["8080"], "Accept": true}},
                 "web@.service": {"Service": {"ExecStart": "/bin/cat", "StandardInput": "socket"}}}
                """));
    }

    private static List<byte[]> words() {
        List<String> words = new ArrayList<>(List.of(
                "",
                "\n",
                "\\\n",
                "\\",
                "\"",
                "'",
                "%",
                "%%",
                "%i",
                "%I",
                "$",
                "${",
                "#",
                ";",
                "[",
                "]",
                "[Unit]\n",
                "\u0000",
                "\uFEFF",
                "\r\n",
                "é€",
                "infinity",
                "-1",
                "99999999999999999999",
                "0x7f",
                "1y 2w 3d",
                "64K",
                "~",
                "!",
                "|",
                "@",
                ":",
                "/",
                "//",
                "..",
                "::",
                "[::1%lo]:80",
                "256.1.1.1:80",
                "yes",
                "no",
                "&a *a",
                "!!binary x",
                "{{{{",
                "[[[[",
                "- - - -"));
        for (UnitType type : UnitType.values()) {
            DirectiveTable.of(type).all().forEach(row -> words.add(row.toString()));
        }
        return bytes(words);
    }

    private static List<byte[]> bytes(List<String> texts) {
        return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    }
}
