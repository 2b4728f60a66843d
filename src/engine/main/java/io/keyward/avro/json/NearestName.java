package io.keyward.avro.json;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the known name that is closest to a mistyped one.
public final class NearestName {
    private NearestName() {}

    /// A hint to append to a message about an unknown name: the nearest known name if it is similar, otherwise
    /// all known names.
    public static String hint(String unknown, Collection<String> known) {
        return nearest(unknown, known)
                .filter(name -> distance(unknown, name) <= Math.max(2, name.length() / 3))
                .map(name -> "; did you mean " + name + "?")
                .orElseGet(() -> "; known: " + String.join(", ", known));
    }

    /// The name with the fewest edits, ignoring case; empty if it needs more than 2 edits and more than a quarter
    /// of the length of the text.
    public static Optional<String> to(String text, Collection<String> names) {
        return nearest(text, names).filter(name -> distance(text, name) <= Math.max(2, text.length() / 4));
    }

    private static Optional<String> nearest(String text, Collection<String> names) {
        return names.stream().min(Comparator.comparingInt(name -> distance(text, name)));
    }

    private static int distance(String left, String right) {
        return edits(left.toLowerCase(Locale.ROOT), right.toLowerCase(Locale.ROOT));
    }

    /// The Levenshtein distance: how many characters must be inserted, deleted or replaced.
    static int edits(String from, String to) {
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
