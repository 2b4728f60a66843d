package io.keyward.console.replica;

import java.util.List;
import java.util.Locale;

/// A search text in lower case.
///
/// @param whole the whole text
/// @param words its words, each of which must be found
public record SearchText(String whole, List<String> words) {
    /// Parses a search text.
    ///
    /// @param given in any case; the address of a key may contain Azure's `/keys/`
    public static SearchText of(String given) {
        String whole = given.strip().toLowerCase(Locale.ROOT).replace("/keys/", "/");
        return new SearchText(whole, List.of(whole.split("\\s+")));
    }

    /// Whether a text in lower case contains every word.
    public boolean isIn(String text) {
        for (String word : words) {
            if (!text.contains(word)) {
                return false;
            }
        }
        return true;
    }
}
