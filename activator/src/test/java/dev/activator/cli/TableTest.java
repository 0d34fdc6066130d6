package dev.activator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void whatARowIsAboutStaysReadableOnANarrowTerminal() {
        Table table = new Table("LISTEN", "WAITING", "CONNECTIONS", "REFUSED BECAUSE OF", "ACTIVATES");
        table.row("127.0.0.1:23481", "12345678", "123456789012", "max-connections of it", "web-with-a-name.service");

        assertThat(print(table, 50)).isEqualTo("127.0.0.1:23481 12345678 1234567… max-con… web-wit…\n");
    }

    private static String print(Table table, int columns) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        table.print(new Terminal(out, out, columns, false, InstantSource.system(), ZoneOffset.UTC), false, false);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
