package io.keyward.bench.measure;

import io.keyward.decision.EncryptionDecision;
import java.util.Map;
import java.util.Objects;

/// Everything that a subject has published, as a read-committed consumer sees it.
///
/// @param decisions the number of records, tombstones included
/// @param last for each environment, a digest of its last decision without the parts that depend on the order
/// of arrival; no entry if the last record is a tombstone
public record FinalDecisions(long decisions, long warnings, long suppressions, Map<String, Integer> last) {
    public FinalDecisions {
        last = Map.copyOf(last);
    }

    /// A digest of the parts that depend on facts alone. The times of enabling depend on when a slot was free,
    /// and the statements on flows depend on these times.
    public static int digest(EncryptionDecision decision) {
        return Objects.hash(
                decision.getEncryptionState().name(),
                decision.getPolicyId(),
                decision.getKey(),
                decision.getLockedSince(),
                decision.getRetainUntil());
    }

    /// The number of environments that have a decision.
    public int environments() {
        return last.size();
    }

    public long all() {
        return decisions + warnings + suppressions;
    }

    /// The number of environments whose last decision differs in the other outputs.
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
