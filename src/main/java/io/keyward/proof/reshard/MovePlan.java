package io.keyward.proof.reshard;

import java.util.Map;

/// What a move does, or has done.
///
/// @param generation the new one
/// @param resumes whether an earlier attempt is finished
/// @param shared the present count of each topic that gets `generation.partitions()`
/// @param rows how many rows of each store move to the new changelogs, by the store's name
/// @param tenants how many tenants have rows
/// @param movedTenants how many of these get another partition number
/// @param decidesAnew whether the first start decides everything again
public record MovePlan(
        Generation generation,
        boolean resumes,
        Map<String, Integer> shared,
        Map<String, Long> rows,
        long tenants,
        long movedTenants,
        boolean decidesAnew) {
    public int from() {
        return generation.from();
    }
}
