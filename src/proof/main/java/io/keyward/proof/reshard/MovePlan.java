package io.keyward.proof.reshard;

import io.keyward.config.Generation;
import java.util.Map;

/// What a move does, or has done.
///
/// @param generation the new one
/// @param rows how many rows of each store move to the new changelogs, by the store's name
/// @param tenants how many tenants have rows
/// @param movedTenants how many of these get another partition number
/// @param decidesAnew whether the first start decides everything again
public record MovePlan(
        Generation generation,
        Circumstances circumstances,
        Map<String, Long> rows,
        long tenants,
        long movedTenants,
        boolean decidesAnew) {
    /// What the move finds.
    ///
    /// @param resumes whether it finishes an earlier attempt
    /// @param running whether the application runs
    /// @param shared the present count of each topic that gets the new one
    public record Circumstances(boolean resumes, boolean running, Map<String, Integer> shared) {}
}
