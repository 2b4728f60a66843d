package io.keyward.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// Collects the reasons of one environment against disabling a key (R27).
final class BlockerList {
    private final KnownEnvironment user;
    private final Instant asOf;
    private final List<Reason> all = new ArrayList<>();

    /// A reason. Most are only counted, so its sentence is composed when somebody reads it.
    record Reason(KnownEnvironment user, DisableBlocker.Code code, Optional<Instant> until, Supplier<String> sentence) {
        DisableBlocker told() {
            return new DisableBlocker(
                    code, Optional.of(user.tenant()), Optional.of(user.environment()), until, sentence.get());
        }
    }

    /// @param asOf the time that the environment is judged as of
    BlockerList(KnownEnvironment user, Instant asOf) {
        this.user = user;
        this.asOf = asOf;
    }

    /// @param sentence with places for the arguments, see [String#format]
    @SuppressWarnings("AnnotateFormatMethod") // that annotation is not part of the language
    void add(DisableBlocker.Code code, String sentence, Object... arguments) {
        add(code, Optional.empty(), sentence, arguments);
    }

    @SuppressWarnings("AnnotateFormatMethod") // as above
    void add(DisableBlocker.Code code, Optional<Instant> date, String sentence, Object... arguments) {
        all.add(new Reason(user, code, date, () -> String.format(Locale.ROOT, sentence, arguments)));
    }

    /// Adds that the key must be kept until that date, unless it has come.
    void notBefore(Instant until, String sentence, Object... arguments) {
        if (until.isAfter(asOf)) {
            add(DisableBlocker.Code.NOT_BEFORE, Optional.of(until), sentence, arguments);
        }
    }

    List<Reason> all() {
        return Collections.unmodifiableList(all);
    }
}
