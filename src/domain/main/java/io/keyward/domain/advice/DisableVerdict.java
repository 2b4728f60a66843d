package io.keyward.domain.advice;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Whether a key, or one version of it, may be disabled (R27).
///
/// @param at the requested time, or the latest as-of time of a user's verdict if that is later
/// @param safe whether there is no reason against disabling it
/// @param safeFrom from when it can be safe if nothing else happens; empty if it is safe now, or if a reason
///     remains that no date ends
/// @param users how many environments are known to use the key
/// @param blockers the reasons against it that were requested
/// @param counts the number of reasons of each kind; kinds without any are left out
public record DisableVerdict(
        Instant at,
        boolean safe,
        Optional<Instant> safeFrom,
        long users,
        List<DisableBlocker> blockers,
        SortedMap<DisableBlocker.Code, Long> counts,
        Deletion deletion) {
    /// Whether it may even be deleted, which cannot be undone: it is safe to disable, and has been disabled for 7
    /// days without a lock.
    ///
    /// @param safeFrom from when that can be if nothing else happens; empty if it is so now, or if something else
    ///     has to happen first
    /// @param sentence the answer for an administrator
    public record Deletion(boolean safe, Optional<Instant> safeFrom, String sentence) {}

    public DisableVerdict {
        blockers = List.copyOf(blockers);
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }
}
