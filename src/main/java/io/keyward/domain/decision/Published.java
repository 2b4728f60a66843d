package io.keyward.domain.decision;

import java.util.Collections;
import java.util.List;
import java.util.Map;
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

    /// The warnings that are open, in the order of their keys.
    public List<WarningKey> openWarnings() {
        return standing(warnings);
    }

    /// The open warnings as decisions list them.
    public List<String> warningNames() {
        return openWarnings().stream().map(WarningKey::toString).toList();
    }

    /// The names of the suppressed sinks, sorted.
    public List<String> sinkNames() {
        return standing(signals);
    }

    private static <K> List<K> standing(SortedMap<K, ? extends Optional<?>> records) {
        return records.entrySet().stream()
                .filter(entry -> entry.getValue().isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }
}
