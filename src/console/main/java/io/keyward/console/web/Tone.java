package io.keyward.console.web;

import java.util.Locale;

/// How urgent something is. The name in lower case is a class of the style sheet.
enum Tone {
    GOOD,
    QUIET,
    INFO,
    WARNING,
    ERROR,
    CRITICAL;

    String css() {
        return name().toLowerCase(Locale.ROOT);
    }
}
