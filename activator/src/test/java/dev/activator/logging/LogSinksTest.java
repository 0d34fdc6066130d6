package dev.activator.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.activator.handoff.kernel.Pipes;
import dev.activator.handoff.kernel.UnixDatagrams;
import dev.activator.listener.kernel.LibC;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class LogSinksTest {
    @TempDir
    private Path directory = Path.of("");

    private final UnixDatagrams receiver = new UnixDatagrams(64 * 1024);
    private int daemon;

    @BeforeEach
    void listenAsADaemonDoes() {
        daemon = UnixDatagrams.open(true);
        assertThat(UnixDatagrams.bind(daemon, address())).isZero();
    }

    @AfterEach
    void end() {
        dev.activator.listener.kernel.LibC.close(daemon);
    }

    private String address() {
        return directory.resolve("daemon").toString();
    }

    private byte[] received() {
        return Objects.requireNonNull(receiver.receive(daemon)).payload();
    }

    private String receivedText() {
        return new String(received(), StandardCharsets.UTF_8);
    }

    @Test
    void aLineHasItsTimeInMillisecondsWithTheOffset() {
        assertThat(LineFormat.line(OffsetDateTime.parse("2026-01-02T03:04:05.006Z"), Level.INFO, "web.socket: up"))
                .isEqualTo("2026-01-02T03:04:05.006Z INFO web.socket: up\n");
        assertThat(LineFormat.line(OffsetDateTime.parse("2026-11-26T23:59:00+01:00"), Level.ERROR, "down"))
                .isEqualTo("2026-11-26T23:59:00.000+01:00 ERROR down\n");
    }

    @Test
    void aFileIsAddedToAndOpenedAnewAfterItWasMovedAway() throws IOException {
        Path file = Files.writeString(directory.resolve("log"), "earlier\n");
        StreamSink sink = new StreamSink(file);
        sink.write(Level.INFO, "first");
        Path moved = Files.move(file, directory.resolve("log.1"));
        sink.write(Level.INFO, "second");
        sink.reopen();
        sink.write(Level.WARN, "third");

        assertThat(moved)
                .content()
                .startsWith("earlier\n")
                .contains("INFO first\n")
                .contains("INFO second\n");
        assertThat(file).content().endsWith("WARN third\n").doesNotContain("second");
    }

    @Test
    void standardErrorThatNobodyReadsIsNotWaitedForAndSaysLaterWhatIsMissing() throws IOException {
        int[] ends = Pipes.open();
        try (OutputStream out = new FileOutputStream("/proc/self/fd/" + ends[1])) {
            StandardErrorLines lines = new StandardErrorLines(ends[1], out);
            for (int i = 0; i < 2000; i++) {
                lines.write(("line " + i + " " + "x".repeat(80) + "\n").getBytes(StandardCharsets.US_ASCII));
            }
            lines.write(("long " + "x".repeat(200_000) + "\n").getBytes(StandardCharsets.US_ASCII));
            String before = allOf(ends[0]);
            lines.write("read again\n".getBytes(StandardCharsets.US_ASCII));
            long kept = before.lines().count();

            assertThat(before).startsWith("line 0 ").endsWith("x\n");
            assertThat(allOf(ends[0]))
                    .isEqualTo((2001 - kept)
                            + " lines of the log were dropped, since nobody read standard error\nread again\n");
        } finally {
            LibC.close(ends[0]);
            LibC.close(ends[1]);
        }
    }

    @Test
    void anEventThatIsLongerThanThePipeIsCutAtItsEnd() throws IOException {
        int[] ends = Pipes.open();
        try (OutputStream out = new FileOutputStream("/proc/self/fd/" + ends[1])) {
            StandardErrorLines lines = new StandardErrorLines(ends[1], out);
            lines.write(("long " + "x".repeat(200_000) + "\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(allOf(ends[0])).hasSizeGreaterThan(30_000).endsWith("x");
            lines.write("next\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(allOf(ends[0]))
                    .isEqualTo("\n1 line of the log was dropped, since nobody read standard error\nnext\n");
        } finally {
            LibC.close(ends[0]);
            LibC.close(ends[1]);
        }
    }

    private static String allOf(int readEnd) {
        Pipes pipes = new Pipes(64 * 1024);
        StringBuilder all = new StringBuilder();
        for (byte[] next = pipes.read(readEnd); next.length > 0; next = pipes.read(readEnd)) {
            all.append(new String(next, StandardCharsets.US_ASCII));
        }
        return all.toString();
    }

    @Test
    void whatTheJdkHasToSayIsInTheLogAsWellFromWarningsOn() throws IOException {
        Path file = directory.resolve("log");
        Logging.configure(new LogTarget.File(file), Level.INFO);
        try {
            System.Logger jdk = System.getLogger("java.net.somewhere");
            jdk.log(System.Logger.Level.WARNING, "{0} of {1} are left", 1, 5);
            jdk.log(System.Logger.Level.INFO, "all is well");

            assertThat(file)
                    .content()
                    .endsWith("WARN java.net.somewhere: 1 of 5 are left\n")
                    .doesNotContain("well");
        } finally {
            Logging.configure(new LogTarget.StandardError(), Level.WARN);
        }
    }

    @Test
    void syslogGetsThePriorityTheTimeTheProgramAndItsPid() throws IOException {
        DatagramSink.syslog(address()).write(Level.WARN, "web.socket: refusing connections");

        assertThat(receivedText())
                .matches("<28>[A-Z][a-z]{2} [ 123]\\d \\d\\d:\\d\\d:\\d\\d activator\\["
                        + ProcessHandle.current().pid() + "]: web\\.socket: refusing connections");
    }

    @Test
    void theJournalGetsFields() throws IOException {
        DatagramSink.journal(address()).write(Level.ERROR, "web.socket: cannot listen on [::]:80");

        assertThat(receivedText()).isEqualTo("""
                        MESSAGE=web.socket: cannot listen on [::]:80
                        PRIORITY=3
                        SYSLOG_IDENTIFIER=activator
                        ACTIVATOR_UNIT=web.socket
                        """);
    }

    @Test
    void severalLinesAreOneEntryOfTheJournalWithTheirLength() throws IOException {
        DatagramSink.journal(address()).write(Level.ERROR, "a defect\n\tat Somewhere");

        ByteBuffer entry = ByteBuffer.wrap(received()).order(ByteOrder.LITTLE_ENDIAN);
        byte[] name = new byte["MESSAGE\n".length()];
        entry.get(name);
        assertThat(new String(name, StandardCharsets.UTF_8)).isEqualTo("MESSAGE\n");
        byte[] value = new byte[(int) entry.getLong()];
        entry.get(value);
        assertThat(new String(value, StandardCharsets.UTF_8)).isEqualTo("a defect\n\tat Somewhere");
        assertThat(entry.get()).isEqualTo((byte) '\n');
    }

    @Test
    void whatIsTooLongIsCutInsteadOfLost() throws IOException {
        DatagramSink.journal(address()).write(Level.INFO, "x".repeat(500_000));

        assertThat(receivedText()).hasSizeBetween(32_000, 34_000).contains("x …");
    }

    @Test
    void aDaemonThatIsNotThereIsAFailureAndOneThatComesBackGetsWhatFollows() throws IOException {
        DatagramSink sink = DatagramSink.syslog(directory.resolve("later").toString());
        assertThatThrownBy(() -> sink.write(Level.INFO, "lost"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("later");

        int later = UnixDatagrams.open(true);
        UnixDatagrams.bind(later, directory.resolve("later").toString());
        sink.write(Level.INFO, "here");
        assertThat(new String(Objects.requireNonNull(receiver.receive(later)).payload(), StandardCharsets.UTF_8))
                .endsWith(": here");
        dev.activator.listener.kernel.LibC.close(later);
    }

    @ParameterizedTest
    @CsvSource({
        "web.socket: listening,web.socket",
        "echo@1-2.service: failed,echo@1-2.service",
        "stopping on SIGTERM,''",
        "cannot start: no units,''",
        "a b.socket: odd,''"
    })
    void theUnitIsWhatAnEventBeginsWith(String text, String unit) {
        assertThat(DatagramSink.unit(text)).isEqualTo(unit);
    }

    @Test
    void targetsAreReadAsTheyAreTyped() {
        assertThat(LogTarget.parse("file:/var/log/a")).isEqualTo(new LogTarget.File(Path.of("/var/log/a")));
        assertThat(LogTarget.parse("journal")).isInstanceOf(LogTarget.Journal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "file:", "stdout", "Journal"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> LogTarget.parse(text)).hasMessageContaining("neither stderr, file:PATH");
    }
}
