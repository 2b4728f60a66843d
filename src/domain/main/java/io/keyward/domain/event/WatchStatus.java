package io.keyward.domain.event;

import java.time.Instant;
import java.util.Optional;

/// How well a key is watched, and since when. This is not a fact: no rule reads it.
///
/// @param reason what denies access; empty if the vault does not report it, and in states other than `DENIED`
/// @param usable whether the last deep probe wrapped and unwrapped with the key; false in states other than
///     `WATCHED`
/// @param since as far as the key watch knows, which has no data from before its own start
public record WatchStatus(WatchState state, Optional<String> reason, boolean usable, Instant since) {
    /// Whether both are equal except for the time.
    public boolean isLike(WatchStatus other) {
        return state == other.state && reason.equals(other.reason) && usable == other.usable;
    }
}
