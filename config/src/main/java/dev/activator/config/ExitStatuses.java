package dev.activator.config;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Ways to end that a directive lists: exit codes 0 to 255 and signals. */
public record ExitStatuses(SortedSet<Integer> codes, SortedSet<Signal> signals) {
    /** None. */
    public static final ExitStatuses NONE = new ExitStatuses(new TreeSet<>(), new TreeSet<>());

    public ExitStatuses {
        codes = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(codes));
        signals = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(signals));
    }

    /** These and the others. */
    ExitStatuses plus(ExitStatuses others) {
        SortedSet<Integer> allCodes = new TreeSet<>(codes);
        allCodes.addAll(others.codes);
        SortedSet<Signal> allSignals = new TreeSet<>(signals);
        allSignals.addAll(others.signals);
        return new ExitStatuses(allCodes, allSignals);
    }

    /** Codes, then signals, separated by blanks: {@code 75 SIGUSR1}. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        codes.forEach(code -> words.add(String.valueOf(code)));
        signals.forEach(signal -> words.add(signal.name()));
        return String.join(" ", words);
    }
}
