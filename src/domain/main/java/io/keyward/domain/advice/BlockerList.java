package io.keyward.domain.advice;

import io.keyward.domain.KnownEnvironment;
import io.keyward.domain.Sentences;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Collects the reasons of one environment against disabling a key (R27) for a check.
///
/// @param asOf the time that the environment is judged as of
record BlockerList(DisableCheck check, KnownEnvironment user, Instant asOf) {
    /// @param sentence with placeholders for the environment, `%1$s`, and for the arguments, from `%2$s` on
    @SuppressWarnings("AnnotateFormatMethod") // that annotation is not part of the language
    void add(DisableBlocker.Code code, String sentence, Object... arguments) {
        add(code, Optional.empty(), sentence, arguments);
    }

    @SuppressWarnings("AnnotateFormatMethod") // as above
    void add(DisableBlocker.Code code, Optional<Instant> date, String sentence, Object... arguments) {
        check.block(user, code, date, () -> composed(sentence, arguments));
    }

    @SuppressWarnings("AnnotateFormatMethod") // as above
    private String composed(String sentence, Object... arguments) {
        Object[] values = Stream.concat(Stream.of(user.name()), Stream.of(arguments))
                .map(value -> value instanceof Instant moment ? Sentences.date(moment) : value)
                .toArray();
        return Sentences.capital(String.format(Locale.ROOT, sentence, values));
    }

    /// Adds that the key must be kept until that date, unless the date has passed.
    void notBefore(Instant until, String sentence, Object... arguments) {
        if (until.isAfter(asOf)) {
            add(DisableBlocker.Code.NOT_BEFORE, Optional.of(until), sentence, arguments);
        }
    }
}
