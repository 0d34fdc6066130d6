package dev.activator.config;

import java.util.Set;

/**
 * Which values of a directive that is not applied lose nothing, since they ask for what happens anyway. Data rather than code: hundreds of
 * rows with a function each would take longer to set up than a small directory takes to load.
 *
 * @param kind how the words are meant
 */
record Harmless(Kind kind, Set<String> words) {
    private enum Kind {
        NEVER,
        ALWAYS,
        NO,
        YES,
        WORDS,
        OPTIONAL
    }

    /** No value is. */
    static final Harmless NEVER = new Harmless(Kind.NEVER, Set.of());

    /** Every value is. */
    static final Harmless ALWAYS = new Harmless(Kind.ALWAYS, Set.of());

    /** Whatever switches it off. */
    static final Harmless NO = new Harmless(Kind.NO, Set.of());

    /** Whatever does not switch it off. */
    static final Harmless YES = new Harmless(Kind.YES, Set.of());

    /** Exactly these words. */
    static Harmless words(String... words) {
        return new Harmless(Kind.WORDS, Set.of(words));
    }

    /** None is, but one that begins like this may be left out, as the user says with it. */
    static Harmless optional(String prefix) {
        return new Harmless(Kind.OPTIONAL, Set.of(prefix));
    }

    boolean test(String value) {
        return switch (kind) {
            case NEVER -> false;
            case ALWAYS -> true;
            case NO -> Syntaxes.isNo(value);
            case YES -> !Syntaxes.isNo(value);
            case WORDS -> words.contains(value);
            case OPTIONAL -> false;
        };
    }

    /** Whether the user does without it where it cannot be applied. */
    boolean isOptional(String value) {
        return kind == Kind.OPTIONAL && value.startsWith(words.iterator().next());
    }
}
