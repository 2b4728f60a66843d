package io.keyward.domain;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// Tells a check the reasons of one environment against disabling a key (R27).
///
/// @param asOf the time that the environment is judged as of
record BlockerList(DisableCheck check, KnownEnvironment user, Instant asOf) {
    /// @param sentence with places for the arguments, see [String#format]
    @SuppressWarnings("AnnotateFormatMethod") // that annotation is not part of the language
    void add(DisableBlocker.Code code, String sentence, Object... arguments) {
        add(code, Optional.empty(), sentence, arguments);
    }

    @SuppressWarnings("AnnotateFormatMethod") // as above
    void add(DisableBlocker.Code code, Optional<Instant> date, String sentence, Object... arguments) {
        check.block(user, code, date, () -> String.format(Locale.ROOT, sentence, arguments));
    }

    /// Adds that the key must be kept until that date, unless it has come.
    void notBefore(Instant until, String sentence, Object... arguments) {
        if (until.isAfter(asOf)) {
            add(DisableBlocker.Code.NOT_BEFORE, Optional.of(until), sentence, arguments);
        }
    }
}
