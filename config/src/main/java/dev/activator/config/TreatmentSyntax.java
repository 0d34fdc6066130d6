package dev.activator.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How a {@link Treatment} is written: a few words, and one with a file behind a colon. */
final class TreatmentSyntax {
    /** WhileSuspended=. */
    static final Scalar<Treatment> SUSPENDED =
            new TreatmentSyntax(Map.of("hold", Treatment.HOLD, "reset", Treatment.RESET), "answer").scalar();

    /** OnLimit=. */
    static final Scalar<Treatment> OVER_LIMIT =
            new TreatmentSyntax(Map.of("queue", Treatment.HOLD, "refuse", Treatment.CLOSE), "banner").scalar();

    private final Map<String, Treatment> words = new LinkedHashMap<>();
    private final String fileWord;

    private TreatmentSyntax(Map<String, Treatment> words, String fileWord) {
        words.entrySet().stream()
                .sorted((one, other) -> one.getKey().compareTo(other.getKey()))
                .forEach(each -> this.words.put(each.getKey(), each.getValue()));
        this.fileWord = fileWord;
    }

    private Scalar<Treatment> scalar() {
        String grammar = String.join("|", words.keySet()) + "|" + fileWord + ":FILE";
        return Scalar.expanded(grammar, (text, scope) -> read(text), this::show);
    }

    private Treatment read(String text) throws BadValue {
        Treatment named = words.get(text);
        if (named != null) {
            return named;
        }
        if (text.startsWith(fileWord + ":")) {
            return new Treatment.Answer(Paths.absolute(text.substring(fileWord.length() + 1)));
        }
        String near = Suggestion.nearest(text, words.keySet());
        String all = words.keySet().stream().collect(Collectors.joining(", "));
        throw BadValue.ignored("expected one of " + all + ", " + fileWord + ":FILE"
                + (near == null ? "" : "; did you mean '" + near + "'?"));
    }

    private String show(Treatment treatment) {
        if (treatment instanceof Treatment.Answer answer) {
            return fileWord + ":" + answer.file();
        }
        List<String> names = words.entrySet().stream()
                .filter(each -> each.getValue().equals(treatment))
                .map(Map.Entry::getKey)
                .toList();
        return names.get(0);
    }
}
