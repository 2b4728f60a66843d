package io.keyward.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Collects the reasons of one environment against disabling a key (R27).
final class BlockerList {
    private final KnownEnvironment user;
    private final Instant asOf;
    private final List<DisableBlocker> all = new ArrayList<>();

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
        all.add(new DisableBlocker(
                code,
                Optional.of(user.tenant()),
                Optional.of(user.environment()),
                date,
                String.format(Locale.ROOT, sentence, arguments)));
    }

    /// Adds that the key must be kept until that date, unless it has come.
    void notBefore(Instant until, String sentence, Object... arguments) {
        if (until.isAfter(asOf)) {
            add(DisableBlocker.Code.NOT_BEFORE, Optional.of(until), sentence, arguments);
        }
    }

    List<DisableBlocker> all() {
        return Collections.unmodifiableList(all);
    }
}
