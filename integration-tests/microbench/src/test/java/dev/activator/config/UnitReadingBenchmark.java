package dev.activator.config;

import dev.activator.parts.Scratch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** From the text of a unit file to the unit, and from a directory to its catalog. */
@State(Scope.Thread)
public class UnitReadingBenchmark {
    private static final int PAIRS = 100;
    private static final long LATER_MILLIS = 60_000;
    private static final byte[] SOCKET = """
            [Unit]
            Description=A socket as many are
            Documentation=man:example(8)
            After=network.target

            [Socket]
            ListenStream=127.0.0.1:8080
            ListenStream=/run/example.sock
            SocketMode=0660
            Backlog=128
            NoDelay=yes

            [Install]
            WantedBy=sockets.target
            """.getBytes(StandardCharsets.UTF_8);
    private static final byte[] SERVICE = """
            [Unit]
            Description=A service as many are, %n on %H
            Documentation=man:example(8)
            After=network.target remote-fs.target

            [Service]
            Type=notify
            Environment=LANG=C.UTF-8 "GREETING=good day"
            EnvironmentFile=-/etc/default/example
            ExecStartPre=/usr/bin/test -d /var/lib/example
            ExecStart=/usr/sbin/example --foreground --name %p \\
                --state ${STATE_DIRECTORY} $OPTIONS
            ExecReload=/bin/kill -HUP $MAINPID
            User=nobody
            LimitNOFILE=4096:65536
            UMask=0077
            StateDirectory=example
            Restart=on-failure
            RestartSec=2s
            TimeoutStopSec=1min 30s
            NoNewPrivileges=yes

            [X-Activator]
            IdleTimeoutSec=10min
            """.getBytes(StandardCharsets.UTF_8);

    private final HostFacts facts = HostFacts.forTests();
    private final UnitName socket = Objects.requireNonNull(UnitName.parse("example.socket"));
    private final UnitName service = Objects.requireNonNull(UnitName.parse("example.service"));
    private final Scratch scratch = new Scratch();
    private List<Path> directories = List.of();
    private UnitCatalog earlier = UnitLoader.load(List.of(), facts);

    @Setup
    public void write() throws IOException {
        for (int i = 0; i < PAIRS; i++) {
            String listen = "[Socket]\nListenStream=127.0.0.1:" + (1024 + i) + "\n";
            Files.writeString(scratch.directory().resolve("u" + i + ".socket"), listen);
            Files.write(scratch.directory().resolve("u" + i + ".service"), SERVICE);
        }
        directories = List.of(scratch.directory());
        // Only who reads again notes how the files are.
        earlier = again(again(null));
    }

    /** At a time when what was just written counts as settled. */
    private UnitCatalog again(@Nullable UnitCatalog known) {
        return UnitLoader.load(
                directories, facts, LoadOptions.DEFAULT, known, () -> System.currentTimeMillis() + LATER_MILLIS);
    }

    @TearDown
    public void delete() throws IOException {
        scratch.close();
    }

    @Benchmark
    public UnitText.Parsed socketUnit() {
        return UnitText.parse(socket, SOCKET, facts);
    }

    @Benchmark
    public UnitText.Parsed serviceUnit() {
        return UnitText.parse(service, SERVICE, facts);
    }

    @Benchmark
    public UnitCatalog hundredSocketsWithServices() {
        return UnitLoader.load(directories, facts);
    }

    @Benchmark
    public UnitCatalog theSameUnchanged() {
        return again(earlier);
    }
}
