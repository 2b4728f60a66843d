package io.keyward.domain;

import java.util.Locale;

/// How sentences for administrators are put together.
final class Sentences {
    private Sentences() {}

    /// The text with a capital first letter.
    static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
