package io.keyward.app;

import io.keyward.avro.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Guesses which name was meant.
final class NearestName {
    private NearestName() {}

    /// The name that takes the fewest edits, if that is no more than one in four characters.
    static Optional<String> to(String text, Collection<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(name -> EditDistance.between(text, name)))
                .filter(name -> EditDistance.between(text, name) <= Math.max(2, text.length() / 4));
    }
}
