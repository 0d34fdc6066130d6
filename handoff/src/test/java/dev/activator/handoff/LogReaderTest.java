package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogReaderTest {
    @TempDir
    private Path directory;

    @Test
    void beginsAtTheLastLines() throws IOException {
        assertThat(lastLines("a\nb\nc\n", 2)).isEqualTo("b\nc\n");
        assertThat(lastLines("a\nb\nc", 2)).isEqualTo("b\nc");
        assertThat(lastLines("a\nb\nc\n", 3)).isEqualTo("a\nb\nc\n");
        assertThat(lastLines("a\nb\nc\n", 10)).isEqualTo("a\nb\nc\n");
        assertThat(lastLines("a\n\n\n", 2)).isEqualTo("\n\n");
        assertThat(lastLines("a\nb\n", 0)).isEmpty();
        assertThat(lastLines("", 5)).isEmpty();
    }

    @Test
    void findsLinesAcrossBlocks() throws IOException {
        String longLine = "x".repeat(40_000);
        assertThat(lastLines("first\n" + longLine + "\nlast\n", 2)).isEqualTo(longLine + "\nlast\n");
    }

    @Test
    void startsAgainWhenTheFileWasTruncated() throws IOException {
        Path file = Files.writeString(directory.resolve("log"), "a long first text\n");
        try (LogReader reader = LogReader.open(file, 100)) {
            assertThat(read(reader)).isEqualTo("a long first text\n");
            Files.writeString(file, "new\n");
            assertThat(read(reader)).isEmpty();
            assertThat(read(reader)).isEqualTo("new\n");
        }
    }

    @Test
    void lastLinesReachIntoTheFilesThatRotationsLeft() throws IOException {
        write("log.2", "a\nb\n");
        write("log.1", "c\n");
        assertThat(lastLines("d\ne\n", 2)).isEqualTo("d\ne\n");
        assertThat(lastLines("d\ne\n", 3)).isEqualTo("c\nd\ne\n");
        assertThat(lastLines("d\ne\n", 4)).isEqualTo("b\nc\nd\ne\n");
        assertThat(lastLines("d\ne\n", 9)).isEqualTo("a\nb\nc\nd\ne\n");
        assertThat(lastLines("", 1)).isEqualTo("c\n");
        assertThat(lastLines("d\n", 0)).isEmpty();
    }

    @Test
    void followsThroughSeveralRotationsBetweenTwoLooks() throws IOException {
        Path file = write("log", "a\n");
        try (LogReader reader = LogReader.open(file, 0)) {
            assertThat(read(reader)).isEmpty();
            Files.writeString(file, "b\n", StandardOpenOption.APPEND);
            Files.move(file, directory.resolve("log.2"));
            write("log.1", "c\n");
            write("log", "d\n");
            assertThat(read(reader) + read(reader) + read(reader)).isEqualTo("b\nc\nd\n");
            assertThat(read(reader)).isEmpty();
        }
    }

    @Test
    void waitsForALogThatDoesNotExistYet() throws IOException {
        try (LogReader reader = LogReader.open(directory.resolve("log"), 10)) {
            assertThat(read(reader)).isEmpty();
            write("log", "first\n");
            assertThat(read(reader)).isEqualTo("first\n");
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private String lastLines(String text, int lines) throws IOException {
        Path file = Files.writeString(directory.resolve("log"), text);
        try (LogReader reader = LogReader.open(file, lines)) {
            StringBuilder all = new StringBuilder();
            for (String part = read(reader); !part.isEmpty(); part = read(reader)) {
                all.append(part);
            }
            return all.toString();
        }
    }

    private static String read(LogReader reader) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        reader.read(buffer, true);
        return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    }
}
