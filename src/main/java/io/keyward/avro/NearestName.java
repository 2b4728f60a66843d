package io.keyward.avro;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/// Finds what somebody who mistyped a name probably meant.
final class NearestName {

    private NearestName() {}

    /// A hint to append to a sentence about the unknown name: the nearest known one, or else all of them.
    static String hint(String unknown, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(name -> distance(unknown, name)))
                .filter(name -> distance(unknown, name) <= Math.max(2, name.length() / 3))
                .map(name -> "; did you mean " + name + "?")
                .orElseGet(() -> "; known: " + String.join(", ", known));
    }

    /// Levenshtein's distance, regardless of case.
    private static int distance(String left, String right) {
        var from = left.toLowerCase(Locale.ROOT);
        var to = right.toLowerCase(Locale.ROOT);
        var previous = new int[to.length() + 1];
        for (var j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (var i = 1; i <= from.length(); i++) {
            var current = new int[to.length() + 1];
            current[0] = i;
            for (var j = 1; j <= to.length(); j++) {
                var replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
