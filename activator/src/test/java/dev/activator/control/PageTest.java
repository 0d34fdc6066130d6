package dev.activator.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.activator.control.testing.FakeOperations;
import dev.activator.control.testing.Samples;
import dev.activator.listener.NettyLoop;
import dev.activator.listener.testing.FdLeakCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in by the loopback port, and who does not. */
@ExtendWith(FdLeakCheck.class)
class PageTest {
    @TempDir
    private Path runtime;

    private final FakeOperations operations = new FakeOperations().with(Samples.webService());
    private NettyLoop loop;
    private ControlServer server;
    private String host;
    private String token;

    @BeforeEach
    void open() throws IOException {
        loop = NettyLoop.start("page-test");
        openServer();
    }

    private void openServer() throws IOException {
        server = ControlServer.ofPage(loop, operations, PageAddress.parse("0"), runtime);
        onLoop(() -> {
            try {
                server.open();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        String[] parts =
                Files.readString(runtime.resolve(PageSocket.FILE)).strip().split("/#token=", 2);
        host = parts[0].substring("http://".length());
        token = parts[1];
    }

    @AfterEach
    void close() {
        onLoop(server::close);
        loop.close();
        assertThat(runtime.resolve(PageSocket.FILE)).doesNotExist();
    }

    private void onLoop(Runnable task) {
        CompletableFuture.runAsync(task, loop::execute).join();
    }

    private String ask(String requestLine, String... headers) throws IOException {
        int port = Integer.parseInt(host.substring(host.lastIndexOf(':') + 1));
        try (Socket client = new Socket("127.0.0.1", port)) {
            String request =
                    requestLine + " HTTP/1.1\r\nConnection: close\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
            client.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String withToken(String requestLine, String... more) throws IOException {
        String[] headers = new String[more.length + 2];
        headers[0] = "Host: " + host;
        headers[1] = "Authorization: Bearer " + token;
        System.arraycopy(more, 0, headers, 2, more.length);
        return ask(requestLine, headers);
    }

    @Test
    void thePageItselfTellsNothingAndIsForEverybodyHere() throws IOException {
        assertThat(ask("GET /", "Host: " + host))
                .startsWith("HTTP/1.1 200 OK")
                .contains("Content-Type: text/html", "X-Frame-Options: DENY", "<title>Activator</title>")
                .doesNotContain(token);
        assertThat(ask("GET /metrics", "Host: " + host)).startsWith("HTTP/1.1 200 OK");
    }

    @Test
    void theApiWantsTheToken() throws IOException {
        assertThat(withToken("GET /v1/units/web.service")).startsWith("HTTP/1.1 200 OK");
        assertThat(ask("GET /v1/units", "Host: " + host))
                .startsWith("HTTP/1.1 403")
                .contains("activator page");
        assertThat(ask("GET /v1/units", "Host: " + host, "Authorization: Bearer " + token.substring(1)))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void whoHasTheTokenMayChangeThings() throws IOException {
        assertThat(withToken("POST /v1/units/web.service/stop", "Content-Length: 0", "Origin: http://" + host))
                .startsWith("HTTP/1.1 200 OK");
        assertThat(operations.requests()).hasSize(1);
    }

    @Test
    void anotherSiteIsRefusedEvenWithTheToken() throws IOException {
        assertThat(withToken("POST /v1/units/web.service/stop", "Content-Length: 0", "Origin: https://evil.example"))
                .startsWith("HTTP/1.1 403");
        assertThat(ask("GET /", "Host: evil.example:80")).startsWith("HTTP/1.1 403");
        assertThat(ask("GET /metrics")).startsWith("HTTP/1.1 403");
        assertThat(operations.requests()).isEmpty();
    }

    @Test
    void theTokenIsReadableByThisUserOnlyAndIsAnotherOneEachTime() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(runtime.resolve(PageSocket.FILE))))
                .isEqualTo("rw-------");
        String before = token;
        onLoop(server::close);
        openServer();
        assertThat(token).hasSize(48).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0.0.0.0:80", "192.0.2.1:80", "[2001:db8::1]:80", "127.0.0.1:65536", "127.0.0.1"})
    void whatIsNoAddressOfTheLoopbackIsRefused(String text) {
        assertThatThrownBy(() -> PageAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addressesAreReadAsTheyAreTyped() {
        assertThat(PageAddress.parse("9464").url()).isEqualTo("http://127.0.0.1:9464/");
        assertThat(PageAddress.parse("localhost:80").url()).isEqualTo("http://127.0.0.1:80/");
        assertThat(PageAddress.parse("[::1]:80").hosts()).containsExactly("[::1]:80", "localhost:80");
    }
}
