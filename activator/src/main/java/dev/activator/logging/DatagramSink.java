package dev.activator.logging;

import dev.activator.handoff.kernel.UnixDatagrams;
import dev.activator.listener.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.slf4j.event.Level;

/**
 * Datagrams to a daemon of this host. The daemon may end and come back; what it does not take meanwhile is lost here, and written to
 * standard error by whoever is told of it.
 */
abstract class DatagramSink implements LogSink {
    private static final String IDENTIFIER = "activator";
    /** Longer ones need not fit into a datagram. */
    private static final int LONGEST = 32 * 1024;

    private static final int FACILITY_DAEMON = 3;

    private final String address;
    private final int fd;

    private DatagramSink(String address) throws IOException {
        this.address = address;
        this.fd = UnixDatagrams.open(false);
        check(fd);
    }

    /** To the host's syslog daemon. RFC 3164, as the C library writes it. */
    static DatagramSink syslog(String address) throws IOException {
        return new DatagramSink(address) {
            @Override
            byte[] datagram(Level level, String text) {
                StringBuilder line = new StringBuilder()
                        .append('<')
                        .append(FACILITY_DAEMON * 8 + priority(level))
                        .append('>');
                SyslogTime.append(line, OffsetDateTime.now(ZoneId.systemDefault()));
                line.append(' ')
                        .append(IDENTIFIER)
                        .append('[')
                        .append(ProcessHandle.current().pid())
                        .append("]: ");
                return line.append(text).toString().getBytes(StandardCharsets.UTF_8);
            }
        };
    }

    /** To the systemd journal. systemd.io/JOURNAL_NATIVE_PROTOCOL, systemd.journal-fields(7) */
    static DatagramSink journal(String address) throws IOException {
        return new DatagramSink(address) {
            @Override
            byte[] datagram(Level level, String text) {
                JournalFields fields = new JournalFields();
                fields.add("MESSAGE", text);
                fields.add("PRIORITY", Integer.toString(priority(level)));
                fields.add("SYSLOG_IDENTIFIER", IDENTIFIER);
                String unit = unit(text);
                if (!unit.isEmpty()) {
                    fields.add("ACTIVATOR_UNIT", unit);
                }
                return fields.bytes();
            }
        };
    }

    abstract byte[] datagram(Level level, String text);

    /** Severities of syslog(3). */
    private static int priority(Level level) {
        return switch (level) {
            case ERROR -> 3;
            case WARN -> 4;
            case INFO -> 6;
            case DEBUG, TRACE -> 7;
        };
    }

    /** The unit that an event is about, which it begins with. */
    static String unit(String text) {
        int colon = text.indexOf(": ");
        String first = colon < 0 ? "" : text.substring(0, colon);
        boolean isUnit = first.indexOf(' ') < 0
                && (first.endsWith(".socket") || first.endsWith(".service") || first.endsWith(".target"));
        return isUnit ? first : "";
    }

    @Override
    public void write(Level level, String text) throws IOException {
        String sent = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …";
        check(UnixDatagrams.send(fd, datagram(level, sent), address));
    }

    private void check(int result) throws IOException {
        if (result < 0) {
            throw new IOException(address + ": " + new Errno(-result));
        }
    }

    /** Fields of one entry; a value with a line feed has its length before it. */
    private static final class JournalFields {
        private ByteBuffer bytes = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);

        void add(String name, String value) {
            byte[] raw = value.getBytes(StandardCharsets.UTF_8);
            byte[] key = name.getBytes(StandardCharsets.US_ASCII);
            makeRoom(key.length + raw.length + 16);
            bytes.put(key);
            if (value.indexOf('\n') < 0) {
                bytes.put((byte) '=').put(raw).put((byte) '\n');
            } else {
                bytes.put((byte) '\n').putLong(raw.length).put(raw).put((byte) '\n');
            }
        }

        private void makeRoom(int more) {
            if (bytes.remaining() < more) {
                ByteBuffer larger =
                        ByteBuffer.allocate(2 * bytes.capacity() + more).order(ByteOrder.LITTLE_ENDIAN);
                bytes = larger.put(bytes.flip());
            }
        }

        byte[] bytes() {
            byte[] all = new byte[bytes.position()];
            bytes.flip().get(all);
            return all;
        }
    }
}
