package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadSpeedTest {
    private static final int PAIRS = 5000;

    @TempDir
    Path temp;

    @Test
    void tenThousandUnitsLoadInSeconds() {
        UnitDirectory units = new UnitDirectory(temp);
        for (int i = 0; i < PAIRS; i++) {
            String port = "ListenStream=127.0.0.1:" + (1024 + i);
            units.write(
                    "s" + i + ".socket",
                    "[Unit]",
                    "Description=Socket " + i,
                    "After=network.target",
                    "[Socket]",
                    port,
                    "Backlog=128");
            units.write(
                    "s" + i + ".service",
                    "[Service]",
                    "ExecStart=/bin/cat --name %n",
                    "User=nobody",
                    "LimitNOFILE=1024",
                    "Environment=A=b C=%p");
        }
        long start = System.nanoTime();
        UnitCatalog catalog = units.load();
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertThat(catalog.sockets()).hasSize(PAIRS);
        assertThat(catalog.services()).hasSize(PAIRS);
        // Under 1 s on an idle machine with two cores; the bound leaves room for busy ones and still fails on anything
        // quadratic.
        assertThat(millis).isLessThan(10_000);
    }
}
