package dev.activator.it.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Debian's Chromium without a window, driven by WebDriver (W3C). To be closed, which ends both programs. */
public final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int SCRIPT_MILLIS = 30_000;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process driver;
    private final String root;
    private String session = "";

    private Browser(Process driver, int port) {
        this.driver = driver;
        this.root = "http://127.0.0.1:" + port;
    }

    /** @param profile an empty directory for what it keeps */
    public static Browser open(Path profile, int width, int height) throws IOException {
        int port = FreePorts.next();
        Process driver =
                Command.of("chromedriver", "--port=" + port, "--log-level=OFF").start();
        Browser browser = new Browser(driver, port);
        try {
            Eventually.eventually("the driver is ready", browser::isReady);
            List<String> arguments = List.of(
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--window-size=" + width + "," + height,
                    "--user-data-dir=" + profile);
            Map<String, Object> options = Map.of(
                    "args", arguments, "binary", Programs.path("chromium").toString());
            JsonNode made = browser.call(
                    "POST",
                    "/session",
                    Map.of(
                            "capabilities",
                            Map.of("alwaysMatch", Map.of("browserName", "chrome", "goog:chromeOptions", options))));
            browser.session = "/session/" + made.path("sessionId").asText();
            browser.call("POST", browser.session + "/timeouts", Map.of("script", SCRIPT_MILLIS));
            return browser;
        } catch (RuntimeException | Error failure) {
            browser.close();
            throw failure;
        }
    }

    private boolean isReady() {
        try {
            return call("GET", "/status", Map.of()).path("ready").asBoolean();
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    public void go(String url) {
        call("POST", session + "/url", Map.of("url", url));
    }

    /** Runs a script of the page, which calls {@code done} with what is to be returned as text. */
    public String ask(String script) {
        Map<String, Object> body = Map.of("script", "const done = arguments[0];" + script, "args", List.of());
        return call("POST", session + "/execute/async", body).asText();
    }

    /** Types into whatever has the focus; keys without a character are those of WebDriver, section 17.4.2. */
    public void type(String keys) {
        List<Map<String, Object>> strokes = keys.chars()
                .mapToObj(key -> Character.toString((char) key))
                .flatMap(key -> List.<Map<String, Object>>of(
                        Map.of("type", "keyDown", "value", key), Map.of("type", "keyUp", "value", key))
                        .stream())
                .toList();
        call(
                "POST",
                session + "/actions",
                Map.of("actions", List.of(Map.of("type", "key", "id", "keyboard", "actions", strokes))));
    }

    private JsonNode call(String method, String path, Map<String, Object> body) {
        try {
            HttpRequest.BodyPublisher content = method.equals("POST")
                    ? HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))
                    : HttpRequest.BodyPublishers.noBody();
            HttpRequest request = HttpRequest.newBuilder(URI.create(root + path))
                    .timeout(LIMIT)
                    .method(method, content)
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode value = JSON.readTree(answer.body()).path("value");
            if (answer.statusCode() != 200) {
                throw new AssertionError(method + " " + path + ": " + value);
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            if (!session.isEmpty()) {
                call("DELETE", session, Map.of());
            }
        } finally {
            driver.destroy();
            driver.onExit().join();
        }
    }
}
