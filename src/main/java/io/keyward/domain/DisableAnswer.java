package io.keyward.domain;

import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Whether a key, or one version of it, may be disabled (R27).
///
/// @param key the key; without a version, all of it
/// @param asOf the time that was asked about, or the latest as-of time of a user's verdict if that is later
/// @param users how many environments are known to use the key
/// @param blockers the reasons against it, up to the number that was asked for
/// @param counts how many reasons there are of each kind; kinds without any are left out
/// @param safeFrom from when it can be safe if nothing else happens; empty if it is safe now, and if a reason stands
///     that no date ends
public record DisableAnswer(
        KeyReference key,
        Instant asOf,
        long users,
        List<DisableBlocker> blockers,
        SortedMap<DisableBlocker.Code, Long> counts,
        Optional<Instant> safeFrom,
        Deletion deletion) {
    /// Whether it may even be deleted, which cannot be undone: it is safe to disable, and has been disabled for 7
    /// days without a lock.
    ///
    /// @param safeFrom from when that can be if nothing else happens; empty if it is so now, and if something else
    ///     has to happen first
    /// @param sentence the answer for an administrator
    public record Deletion(boolean safe, Optional<Instant> safeFrom, String sentence) {}

    public DisableAnswer {
        blockers = List.copyOf(blockers);
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    /// Whether nothing speaks against disabling it.
    public boolean safe() {
        return counts.isEmpty();
    }
}
