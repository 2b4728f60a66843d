package io.keyward.proof;

import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The discrepancies that the next round has to confirm, and those that it has confirmed.
///
/// A discrepancy is confirmed if the next round shows it again, and none of the records that it rests on has changed in
/// between. One that waits for a fan-out is not, however often it is seen.
final class SuspectedDiscrepancies {
    private final Map<TenantId, List<Discrepancy>> open = new HashMap<>();
    private final Set<Discrepancy> confirmed = new HashSet<>();
    private final List<ProofFinding> findings = new ArrayList<>();
    private long omitted;

    /// Takes what a round shows of a tenant.
    ///
    /// @param all whether everything is new here. Otherwise only what concerns an environment that was suspect, or
    ///     the tenant if it was: the others have been verified
    void update(TenantId tenant, List<Discrepancy> now, boolean all) {
        List<Discrepancy> before = open.getOrDefault(tenant, List.of());
        Set<Optional<EnvironmentId>> suspect =
                before.stream().map(d -> d.finding().environment()).collect(Collectors.toSet());
        Set<Discrepancy> seen = new HashSet<>(before);
        List<Discrepancy> left = new ArrayList<>();
        for (Discrepancy found : now) {
            if (!found.awaitsFanOut() && seen.contains(found)) {
                confirm(found);
            } else if (!confirmed.contains(found)
                    && (all || suspect.contains(found.finding().environment()))) {
                left.add(found);
            }
        }
        if (left.isEmpty()) {
            open.remove(tenant);
        } else {
            open.put(tenant, left);
        }
    }

    private void confirm(Discrepancy found) {
        if (!confirmed.add(found)) {
            return;
        }
        if (findings.size() < Report.LISTED) {
            findings.add(found.finding());
        } else {
            omitted++;
        }
    }

    boolean any() {
        return !open.isEmpty();
    }

    boolean concern(TenantId tenant) {
        return open.containsKey(tenant);
    }

    List<ProofFinding> findings() {
        return findings;
    }

    /// How many findings, and others that are left, are not listed.
    long omitted() {
        long left = open.values().stream().mapToLong(List::size).sum();
        return omitted + Math.max(0, left - Report.LISTED);
    }

    /// Those that are neither confirmed nor gone.
    List<Unverifiable> unverifiable() {
        return open.values().stream()
                .flatMap(List::stream)
                .map(SuspectedDiscrepancies::unverifiable)
                .limit(Report.LISTED)
                .toList();
    }

    private static Unverifiable unverifiable(Discrepancy left) {
        String why = left.awaitsFanOut()
                ? "A fan-out that has not ended still has to decide it. Until then: "
                : "It kept changing, and looked wrong whenever it was read. Last: ";
        return left.finding().unverifiable(why + left.finding().sentence());
    }
}
