package io.keyward.bench.measure;

import java.util.Map;

/// What a subject has published, as a reader of committed records sees it.
///
/// @param decisions how many records there are, tombstones included
/// @param last for each environment, a digest of its last decision without what depends on the order of arrival; none
///     where a tombstone came last
public record Outcome(long decisions, long warnings, long suppressions, Map<String, Integer> last) {
    public Outcome {
        last = Map.copyOf(last);
    }

    /// How many environments stand decided.
    public int environments() {
        return last.size();
    }

    public long all() {
        return decisions + warnings + suppressions;
    }

    /// Of how many environments the last decision is another one than there.
    public long differingFrom(Outcome other) {
        long here = last.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(other.last.get(entry.getKey())))
                .count();
        long onlyThere = other.last.keySet().stream()
                .filter(environment -> !last.containsKey(environment))
                .count();
        return here + onlyThere;
    }
}
