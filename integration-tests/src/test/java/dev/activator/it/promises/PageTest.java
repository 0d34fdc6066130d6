package dev.activator.it.promises;

import static dev.activator.it.rig.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.Browser;
import dev.activator.it.rig.LineClient;
import dev.activator.it.rig.NeedsProgram;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The page of a super-server with a thousand units, in a real browser. */
@NeedsProgram({"chromium", "chromedriver"})
class PageTest {
    private static final int UNITS = 1000;
    private static final String DOWN = "\uE015";
    private static final String ENTER = "\uE007";
    private static final String ESCAPE = "\uE00C";

    @RegisterExtension
    final SuperServer server = SuperServer.over("page").startedByTest().with("--http", "0");

    @TempDir
    private Path profile;

    private void writeUnits() throws IOException {
        Path units = server.scenario().units();
        for (int i = 1; i < UNITS; i++) {
            String name = String.format("unit%03d", i);
            Files.writeString(
                    units.resolve(name + ".socket"),
                    "[Socket]\nListenStream=" + server.scenario().scratch().resolve(name) + "\n");
            Files.writeString(units.resolve(name + ".service"), "[Service]\nExecStart=/bin/true\n");
        }
    }

    private static void awaitPage(Browser browser, String condition) {
        eventually(
                condition,
                () -> browser.ask("done(String(Boolean(" + condition + ")))").equals("true"));
    }

    @Test
    void itShowsWhatHappensAndDoesWhatItIsTold() throws IOException {
        writeUnits();
        server.start();
        try (Browser browser = Browser.open(profile, 1200, 900)) {
            browser.go(server.cli("page").succeeded().out().strip());
            awaitPage(browser, "document.documentElement.dataset.ready");
            assertThat(browser.ask("done(document.getElementById('asleep').textContent)"))
                    .isEqualTo("1000");
            assertThat(Integer.parseInt(browser.ask("done(String(document.querySelectorAll('.row').length))")))
                    .as("only the rows that can be seen exist")
                    .isBetween(5, 60);
            assertThat(browser.ask("done(location.href)"))
                    .as("nobody reads the token off the screen")
                    .doesNotContain("token");

            assertThat(LineClient.greeting(server.port("web"))).startsWith("hello 1 ");
            awaitPage(browser, "document.getElementById('awake').textContent === '1'");

            browser.ask("document.getElementById('find').value = 'web'; document.getElementById('find').oninput();"
                    + "document.getElementById('list').focus(); done('')");
            browser.type(DOWN + ENTER);
            awaitPage(browser, "!document.getElementById('detail').hidden");
            awaitPage(
                    browser,
                    "document.getElementById('runs').textContent.includes('runs, by connection of 127.0.0.1:')");
            assertThat(browser.ask("done(document.getElementById('dname').textContent)"))
                    .isEqualTo("web.socket");
            browser.ask(
                    "[...document.querySelectorAll('#actions button')].find(b => b.textContent === 'Stop').click(); done('')");
            server.awaitState("web.service", "inactive", "dead");
            awaitPage(browser, "document.getElementById('awake').textContent === '0'");
            awaitPage(browser, "document.getElementById('runs').textContent.includes('stopped: stop by')");
            browser.type(ESCAPE);
            awaitPage(browser, "document.getElementById('detail').hidden");
        }
    }
}
