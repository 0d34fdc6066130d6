package dev.activator.control;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds what somebody who mistyped a word probably meant. */
public final class Suggestion {
    private Suggestion() {}

    /**
     * The known word nearest to the given one: at most a third of its letters (and at least one) inserted, deleted, replaced or swapped
     * with a neighbour. The word itself is not suggested.
     */
    public static Optional<String> closest(String word, Collection<String> known) {
        int most = Math.max(1, word.length() / 3);
        return known.stream()
                .filter(candidate -> !candidate.equals(word))
                .filter(candidate -> Math.abs(candidate.length() - word.length()) <= most)
                .filter(candidate -> distance(word, candidate) <= most)
                .min(Comparator.comparingInt((String candidate) -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The known unit of the same type whose name before the suffix is nearest, or one of that very name and another type. */
    public static Optional<String> closestUnit(String name, Collection<String> known) {
        int dot = name.lastIndexOf('.') + 1;
        Optional<String> otherType = known.stream()
                .filter(unit -> !unit.equals(name) && unit.startsWith(name.substring(0, dot)))
                .filter(unit -> unit.indexOf('.', dot) < 0)
                .sorted()
                .findFirst();
        String suffix = name.substring(Math.max(0, dot - 1));
        List<String> stems = known.stream()
                .filter(unit -> unit.endsWith(suffix))
                .map(unit -> unit.substring(0, unit.length() - suffix.length()))
                .toList();
        return otherType.or(() -> closest(name.substring(0, name.length() - suffix.length()), stems)
                .map(stem -> stem + suffix));
    }

    /** Optimal string alignment distance. */
    private static int distance(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, from, to, i, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int cheapest(int[][] cost, String from, String to, int i, int j) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int best = Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
