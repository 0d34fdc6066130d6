package dev.activator.config;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Pieces of a service's standard input, kept in base64. systemd.exec(5) StandardInputText=, StandardInputData=. */
final class InputDataSyntax {
    /** A line of text with escapes and specifiers. */
    static final ListOf<String> TEXT = new ListOf<>(
            "text", (text, scope) -> List.of(encode(scope.expandAll(text))), piece -> piece, piece -> piece);

    /** Base64 in which blanks do not count. */
    static final ListOf<String> DATA =
            new ListOf<>("base64", (text, scope) -> List.of(checked(text)), piece -> piece, piece -> piece);

    private InputDataSyntax() {}

    private static String encode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int from = 0;
        for (int at = text.indexOf('\\'); at >= 0 && at + 1 < text.length(); at = text.indexOf('\\', from)) {
            bytes.writeBytes(text.substring(from, at).getBytes(StandardCharsets.UTF_8));
            int length = Escapes.read(text, at + 1, bytes);
            if (length == 0) {
                // A wrong escape stays as it stands.
                bytes.write('\\');
            }
            from = at + 1 + length;
        }
        bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
        bytes.write('\n');
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static String checked(String text) throws BadValue {
        String plain = text.replaceAll("[ \t]", "");
        try {
            return Base64.getEncoder().encodeToString(Base64.getDecoder().decode(plain));
        } catch (IllegalArgumentException wrong) {
            throw BadValue.ignored("no base64: " + wrong.getMessage());
        }
    }
}
