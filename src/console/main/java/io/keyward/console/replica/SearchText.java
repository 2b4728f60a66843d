package io.keyward.console.replica;

import java.util.List;
import java.util.Locale;

/// What is searched for, in lower case.
///
/// @param whole all of it, in one piece
/// @param words its parts, each of which must be found
public record SearchText(String whole, List<String> words) {
    /// What is looked for when a text is given.
    ///
    /// @param given in any case; the address of a key may be written as Azure does, with `/keys/`
    public static SearchText of(String given) {
        String whole = given.strip().toLowerCase(Locale.ROOT).replace("/keys/", "/");
        return new SearchText(whole, List.of(whole.split("\\s+")));
    }

    /// Whether a text in lower case has every word in any of its parts.
    public boolean isIn(String text) {
        for (String word : words) {
            if (!text.contains(word)) {
                return false;
            }
        }
        return true;
    }
}
