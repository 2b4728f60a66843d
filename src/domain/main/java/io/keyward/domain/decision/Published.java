package io.keyward.domain.decision;

import static java.util.Collections.emptySortedMap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// What was last published about an environment, and so what consumers know.
///
/// The maps belong to this record: callers must not change them afterwards.
///
/// @param revision the revision of the last decision ever published; kept after a purge, so that revisions
///     continue
/// @param decision the last decision; empty before the first one and after a purge
/// @param warnings every code with a record; the incident while it is open
/// @param signals the last signal to every sink with a record
public record Published(
        long revision,
        Optional<Decision> decision,
        SortedMap<WarningCode, Optional<Incident>> warnings,
        SortedMap<String, Signal> signals) {
    /// Nothing yet: no decision, no open warning, every sink allowed.
    public static final Published NOTHING = nothingAfter(0);

    public Published {
        warnings = Collections.unmodifiableSortedMap(warnings);
        signals = Collections.unmodifiableSortedMap(signals);
    }

    /// Nothing any more, after that revision.
    static Published nothingAfter(long revision) {
        return new Published(revision, Optional.empty(), emptySortedMap(), emptySortedMap());
    }

    /// The warnings that are open, in the order of their keys.
    public List<WarningCode> openWarnings() {
        List<WarningCode> open = new ArrayList<>(warnings.size());
        warnings.forEach((code, incident) -> {
            if (incident.isPresent()) {
                open.add(code);
            }
        });
        return open;
    }

    /// The open warnings as decisions list them.
    public List<String> warningNames() {
        return names(openWarnings());
    }

    static List<String> names(Collection<WarningCode> codes) {
        List<String> names = new ArrayList<>(codes.size());
        codes.forEach(code -> names.add(code.name()));
        return names;
    }

    /// The names of the suppressed sinks, sorted.
    public List<String> sinkNames() {
        List<String> suppressed = new ArrayList<>(signals.size());
        signals.forEach((sink, signal) -> {
            if (signal.suppresses()) {
                suppressed.add(sink);
            }
        });
        return suppressed;
    }
}
