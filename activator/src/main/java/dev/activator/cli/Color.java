package dev.activator.cli;

/** The few colours that systemctl uses, as terminal sequences. */
public enum Color {
    GREEN("\u001b[0;1;32m"),
    RED("\u001b[0;1;31m"),
    YELLOW("\u001b[0;1;33m"),
    BOLD("\u001b[0;1;39m"),
    GREY("\u001b[0;38;5;245m"),
    UNDERLINED("\u001b[0;4m");

    private static final String PLAIN = "\u001b[0m";

    private final String sequence;

    Color(String sequence) {
        this.sequence = sequence;
    }

    String around(String text) {
        return sequence + text + PLAIN;
    }
}
