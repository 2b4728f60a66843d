package io.keyward.domain.decision;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;

/// What was last published about an environment, and so what readers know.
///
/// The maps belong to this record: callers must not change them afterwards.
///
/// @param revision the revision of the last decision ever published; kept after a purge, so that revisions
///     continue
/// @param decision the last decision; empty before the first one and after a purge
/// @param warnings every warning key with a record; the raised warning while it is open
/// @param signals every sink with a record; the signal while the sink is suppressed
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
