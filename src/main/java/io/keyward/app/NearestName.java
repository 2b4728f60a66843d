package io.keyward.app;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Guesses which name was meant.
final class NearestName {
    private NearestName() {}

    /// The name that takes the fewest edits, if that is no more than one in four characters.
    static Optional<String> to(String text, Collection<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(name -> edits(text, name)))
                .filter(name -> edits(text, name) <= Math.max(2, text.length() / 4));
    }

    /// Levenshtein's distance, one row at a time.
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= to.length(); column++) {
                int substituted = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(substituted, Math.min(row[column], row[column - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
