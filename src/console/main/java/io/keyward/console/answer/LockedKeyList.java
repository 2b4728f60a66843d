package io.keyward.console.answer;

import io.keyward.console.replica.Answer;
import io.keyward.console.replica.LockedKeys.LockedKey;
import io.keyward.console.replica.Staleness;
import java.util.List;
import java.util.Optional;

/// A page of the keys that lock environments, ordered by their first deletion.
///
/// @param lockingKeys how many such keys there are, on all pages
/// @param lockedEnvironments how many environments they lock
/// @param next the cursor for `after` of the next page; empty at the end of the list
public record LockedKeyList(
        List<Entry> keys, long lockingKeys, long lockedEnvironments, Optional<String> next, Staleness staleness)
        implements Answer {
    /// A key that locks environments of a tenant.
    ///
    /// @param locking its fields are written beside the others
    /// @param first the environments that will be deleted first
    public record Entry(LockedKey locking, List<EnvironmentList.Entry> first) {}
}
