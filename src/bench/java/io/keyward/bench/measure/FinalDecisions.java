package io.keyward.bench.measure;

import java.util.Map;

/// All that a subject has published, as a reader of committed records sees it.
///
/// @param decisions how many records there are, tombstones included
/// @param last for each environment, a digest of its last decision without what depends on the order of arrival;
///     none where a tombstone came last
public record FinalDecisions(long decisions, long warnings, long suppressions, Map<String, Integer> last) {
    public FinalDecisions {
        last = Map.copyOf(last);
    }

    /// How many environments have a decision.
    public int environments() {
        return last.size();
    }

    public long all() {
        return decisions + warnings + suppressions;
    }

    /// How many environments have another last decision than in the other outputs.
    public long differingFrom(FinalDecisions other) {
        long here = last.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(other.last.get(entry.getKey())))
                .count();
        long onlyThere = other.last.keySet().stream()
                .filter(environment -> !last.containsKey(environment))
                .count();
        return here + onlyThere;
    }
}
