package io.keyward.console.answer;

import io.keyward.console.replica.Answer;
import io.keyward.console.replica.LockedKeys.LockedKey;
import io.keyward.console.replica.Staleness;
import java.util.List;
import java.util.Optional;

/// A page of the keys that lock environments, the first deletion first.
///
/// @param lockingKeys how many there are, on all pages
/// @param lockedEnvironments how many environments they lock
/// @param next the cursor for `after` of the next page; empty at the end of the list
public record LockedKeyList(
        List<Entry> keys, long lockingKeys, long lockedEnvironments, Optional<String> next, Staleness extent)
        implements Answer {
    /// A key that locks environments of a tenant.
    ///
    /// @param locking its fields stand beside the others
    /// @param first those that will be deleted first
    public record Entry(LockedKey locking, List<EnvironmentList.Entry> first) {}
}
