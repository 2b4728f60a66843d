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
        return known.stream()
                .min(Comparator.comparingInt(name -> distance(unknown, name)))
                .filter(name -> distance(unknown, name) <= Math.max(2, name.length() / 3))
                .map(name -> "; did you mean " + name + "?")
                .orElseGet(() -> "; known: " + String.join(", ", known));
    }

    /// The name with the fewest edits, if their number is at most 2 or at most a quarter of the text's length.
    public static Optional<String> to(String text, Collection<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(name -> EditDistance.between(text, name)))
                .filter(name -> EditDistance.between(text, name) <= Math.max(2, text.length() / 4));
    }

    private static int distance(String left, String right) {
        return EditDistance.between(left.toLowerCase(Locale.ROOT), right.toLowerCase(Locale.ROOT));
    }
}
