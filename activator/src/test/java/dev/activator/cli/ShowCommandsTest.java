package dev.activator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShowCommandsTest {
    @TempDir
    private Path directory;

    private CommandRig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new CommandRig(directory);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void propertiesHaveSystemdsNames() {
        assertThat(rig.run("show", "web.socket").out())
                .contains(
                        "Id=web.socket\n",
                        "Names=web.socket www.socket\n",
                        "ActiveState=active\n",
                        "Listen=[::]:80 (Stream)\nListen=/run/web.sock (Stream)\n",
                        "NConnections=2\n",
                        "Backlog=4294967295\n");
        assertThat(rig.run("show", "web").out()).contains("MainPID=5000\n", "NRestarts=1\n", "MemoryCurrent=5872026\n");
        assertThat(rig.run("show", "crash").out())
                .contains("MainPID=0\n", "ExecMainPID=6000\n", "ExecMainStatus=203\n", "MemoryCurrent=[not set]\n");
    }

    @Test
    void emptyPropertiesArePrintedOnDemand() {
        assertThat(rig.run("show", "crash").out()).doesNotContain("StatusText=");
        assertThat(rig.run("show", "--all", "crash").out()).contains("StatusText=\n");
        assertThat(rig.run("show", "-p", "StatusText", "crash").out()).isEqualTo("StatusText=\n");
    }

    @Test
    void onePropertyCanBeAskedForByItsValue() {
        assertThat(rig.run("show", "-p", "MainPID", "--value", "web"))
                .isEqualTo(new CommandRig.Result(0, "5000\n", ""));
        assertThat(rig.run("show", "-p", "ActiveState,SubState", "web*").out())
                .isEqualTo("ActiveState=active\nSubState=running\n\nActiveState=active\nSubState=running\n");
        assertThat(rig.run("show", "-p", "NoSuchThing", "web").out()).isEmpty();
    }

    @Test
    void unknownUnitIsShownAsNotFound() {
        assertThat(rig.run("show", "-p", "LoadState", "nope"))
                .isEqualTo(new CommandRig.Result(0, "LoadState=not-found\n", ""));
    }

    @Test
    void superServerHasPropertiesToo() {
        assertThat(rig.run("show", "-p", "SystemState,NListeners").out())
                .isEqualTo("SystemState=degraded\nNListeners=4\n");
    }

    @Test
    void repeatedPropertyIsAnArrayInJson() {
        assertThat(rig.run("show", "--json", "-p", "Listen,Id", "web.socket").out())
                .isEqualToIgnoringWhitespace("""
                        [ { "Id" : "web.socket", "Listen" : [ "[::]:80 (Stream)", "/run/web.sock (Stream)" ] } ]
                        """);
    }

    @Test
    void filesArePrintedWithTheirPaths() {
        assertThat(rig.run("cat", "web").out()).isEqualTo("# /etc/units/web.service\n[Unit]\nDescription=Web front\n");
        assertThat(rig.run("cat", "wbe"))
                .isEqualTo(
                        new CommandRig.Result(1, "", "No files found for wbe.service. did you mean 'web.service'?\n"));
    }

    @Test
    void logIsPrintedFromItsEnd() throws IOException {
        rig.operations().withLog("web.service", Files.writeString(directory.resolve("log"), "one\ntwo\nthree\n"));
        assertThat(rig.run("logs", "web").out()).isEqualTo("one\ntwo\nthree\n");
        assertThat(rig.run("logs", "-n", "1", "web").out()).isEqualTo("three\n");
        assertThat(rig.run("logs", "--json", "-n1", "web").out()).contains("\"line\":\"three\"");
        assertThat(rig.run("logs", "crash")).isEqualTo(new CommandRig.Result(0, "", ""));
        assertThat(rig.run("logs", "nope").status()).isEqualTo(4);
    }
}
