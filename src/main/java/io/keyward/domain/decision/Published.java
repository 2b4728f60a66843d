package io.keyward.domain.decision;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;

/// What was last published of an environment, that is, what readers believe.
///
/// The maps become its own: whoever makes one changes them no more.
///
/// @param revision of the last decision ever published; outlives a purge, so that revisions go on
/// @param decision the last decision; none before the first and after a purge
/// @param warnings every warning key that a record stands under, with what was raised while it is open
/// @param signals every sink that a record stands under, with what was signalled while it is suppressed
public record Published(
        long revision,
        Optional<Decision> decision,
        SortedMap<WarningKey, Optional<RaisedWarning>> warnings,
        SortedMap<String, Optional<SuppressionSignal>> signals) {
    /// Nothing yet: no decision, no open warning, every sink allowed.
    public static final Published NOTHING =
            new Published(0, Optional.empty(), Collections.emptySortedMap(), Collections.emptySortedMap());

    public Published {
        warnings = Collections.unmodifiableSortedMap(warnings);
        signals = Collections.unmodifiableSortedMap(signals);
    }
}
