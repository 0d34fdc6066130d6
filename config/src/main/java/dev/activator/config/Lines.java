package dev.activator.config;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The physical lines of a file; LF, CR and NUL end a line, and a run of different ones counts once. */
final class Lines {
    private static final int NUL = 1;
    private static final int CR = 2;
    private static final int LF = 4;

    private final byte[] content;
    private int start;
    private int end;
    private int next;
    private int number;

    Lines(byte[] content) {
        this.content = content;
        boolean byteOrderMark = content.length >= 3
                && content[0] == (byte) 0xEF
                && content[1] == (byte) 0xBB
                && content[2] == (byte) 0xBF;
        this.next = byteOrderMark ? 3 : 0;
    }

    /** Goes to the next line; false at the end of the file. */
    boolean next() {
        if (next >= content.length) {
            return false;
        }
        start = next;
        end = start;
        while (end < content.length && content[end] != '\n' && content[end] != '\r' && content[end] != 0) {
            end++;
        }
        number++;
        next = end;
        skipEnd();
        return true;
    }

    private void skipEnd() {
        int seen = 0;
        while (next < content.length && (seen & NUL) == 0) {
            int kind = kind(content[next]);
            if (kind == 0 || (seen & kind) != 0) {
                break;
            }
            seen |= kind;
            next++;
        }
    }

    private static int kind(byte b) {
        return switch (b) {
            case 0 -> NUL;
            case '\r' -> CR;
            case '\n' -> LF;
            default -> 0;
        };
    }

    /** Number of the line, from 1. */
    int number() {
        return number;
    }

    /** Length of the line in bytes, without its end. */
    int length() {
        return end - start;
    }

    /** Whether the first character that is not blank is {@code #} or {@code ;}. */
    boolean isComment() {
        int i = start;
        while (i < end && (content[i] == ' ' || content[i] == '\t')) {
            i++;
        }
        return i < end && (content[i] == '#' || content[i] == ';');
    }

    /** The line; null where it is not UTF-8. */
    @Nullable
    String text() {
        String text = new String(content, start, end - start, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        return Escapes.decode(java.util.Arrays.copyOfRange(content, start, end));
    }
}
