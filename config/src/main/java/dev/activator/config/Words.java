package dev.activator.config;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits one value into its words at blanks, as each systemd directive does in one of four manners. Reads from left to right and can be
 * asked where it stands, since command lines mix words and separators. systemd.syntax(7) "Quoting".
 */
final class Words {

    /** What quotes and backslashes mean. */
    enum Manner {
        /** Both are ordinary characters, but a backslash takes the next character as it is. */
        PLAIN(false, false, false),
        /** Quotes hold blanks together, C escapes are read, a wrong one spoils the value. */
        QUOTED(true, true, false),
        /** As QUOTED, but a wrong escape stays as it stands. */
        COMMAND(true, true, true),
        /** Quotes hold blanks together, and a missing end quote is forgiven. */
        VARIABLE(true, false, false);

        private final boolean quotes;
        private final boolean escapes;
        private final boolean keepWrongEscapes;

        Manner(boolean quotes, boolean escapes, boolean keepWrongEscapes) {
            this.quotes = quotes;
            this.escapes = escapes;
            this.keepWrongEscapes = keepWrongEscapes;
        }
    }

    private final String text;
    private final Manner manner;
    private int at;
    private int start;
    private @Nullable String wrongEscape;

    Words(String text, Manner manner) {
        this.text = text;
        this.manner = manner;
    }

    /** All words of a value. */
    static List<String> split(String text, Manner manner) throws BadValue {
        List<String> all = new ArrayList<>();
        Words words = new Words(text, manner);
        for (String word = words.next(); word != null; word = words.next()) {
            all.add(word);
        }
        return all;
    }

    /** Where the last word began. */
    int start() {
        return start;
    }

    /** The first escape that no rule knows and that stayed as it stands; null if there was none. */
    @Nullable
    String wrongEscape() {
        return wrongEscape;
    }

    /** How far it has read. */
    int position() {
        return at;
    }

    /** Whether the rest begins with this token, alone between blanks. */
    boolean isAt(String token) {
        skipBlanks();
        int end = at + token.length();
        return text.startsWith(token, at) && (end >= text.length() || isBlank(text.charAt(end)));
    }

    /** Takes this token if the rest begins with it, alone between blanks; whether it did. */
    boolean takes(String token) {
        if (!isAt(token)) {
            return false;
        }
        at += token.length();
        return true;
    }

    boolean atEnd() {
        skipBlanks();
        return at >= text.length();
    }

    /** The next word; null at the end. */
    @Nullable
    String next() throws BadValue {
        if (atEnd()) {
            return null;
        }
        start = at;
        int end = plainEnd();
        if (end >= 0) {
            at = end;
            return text.substring(start, end);
        }
        ByteArrayOutputStream word = new ByteArrayOutputStream();
        char quote = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
                escape(word);
            } else if (quote != 0 ? c == quote : manner.quotes && (c == '"' || c == '\'')) {
                quote = quote == 0 ? c : 0;
                at++;
            } else if (quote == 0 && isBlank(c)) {
                break;
            } else {
                put(word);
            }
        }
        if (quote != 0 && manner != Manner.VARIABLE) {
            throw BadValue.ignored("quote " + quote + " is not closed");
        }
        String decoded = Escapes.decode(word.toByteArray());
        if (decoded == null) {
            throw BadValue.ignored("escapes in '" + text.substring(start, at) + "' give no UTF-8 text");
        }
        return decoded;
    }

    /** Where the word ends that stands here, if each of its characters stands for itself; −1 where not. */
    private int plainEnd() {
        int end = at;
        while (end < text.length() && !isBlank(text.charAt(end))) {
            char c = text.charAt(end);
            if (c == '\\' || c == '"' || c == '\'' || c >= 128) {
                return -1;
            }
            end++;
        }
        return end;
    }

    private void escape(ByteArrayOutputStream word) throws BadValue {
        if (at >= text.length()) {
            if (manner.keepWrongEscapes) {
                word.write('\\');
            }
            if (manner.keepWrongEscapes || manner == Manner.VARIABLE) {
                return;
            }
            throw BadValue.ignored("backslash at the end escapes nothing");
        }
        if (!manner.escapes) {
            put(word);
            return;
        }
        int length = Escapes.read(text, at, word);
        if (length > 0) {
            at += length;
            return;
        }
        String wrong = "\\" + text.charAt(at);
        if (!manner.keepWrongEscapes) {
            throw BadValue.ignored("unknown escape '" + wrong + "'");
        }
        wrongEscape = wrongEscape == null ? wrong : wrongEscape;
        word.write('\\');
        put(word);
    }

    private void put(ByteArrayOutputStream word) {
        int codePoint = text.codePointAt(at);
        if (codePoint < 128) {
            word.write(codePoint);
        } else {
            word.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
        }
        at += Character.charCount(codePoint);
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
}
