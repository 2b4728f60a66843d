package io.keyward.console.whatif;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.decision.Sweep;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.DryRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What follows from all events of a question, when none is left.
final class Consequences {
    private final StoreCopies stores;
    private final Instant now;

    /// When the environments that the events concern would have been deleted without them.
    private final Map<Sweep.Address, Optional<Instant>> deletionsBefore = new LinkedHashMap<>();

    Consequences(StoreCopies stores, Instant now) {
        this.stores = stores;
        this.now = now;
    }

    /// Adds the environments that the last event has decided otherwise.
    void add(List<DryRun.Output> outputs) {
        for (DryRun.Output output : outputs) {
            TenantId tenant = output.publication().tenantId();
            Subjects.decided(output.publication())
                    .ifPresent(environment -> deletionsBefore.computeIfAbsent(
                            new Sweep.Address(tenant, environment),
                            _ -> deletion(stores.atMark(tenant).state(environment))));
        }
    }

    /// The dates that are new, in order of time.
    List<WhatIfResult.Deletion> deletions() {
        List<WhatIfResult.Deletion> deletions = new ArrayList<>();
        deletionsBefore.forEach((address, before) -> deletion(state(address))
                .filter(after -> !before.equals(Optional.of(after)))
                .ifPresent(after ->
                        deletions.add(new WhatIfResult.Deletion(address.tenantId(), address.environmentId(), after))));
        deletions.sort(Comparator.comparing(WhatIfResult.Deletion::at));
        return deletions;
    }

    /// Says where time alone causes more at once (R25).
    List<String> overdue() {
        List<String> sentences = new ArrayList<>();
        deletionsBefore
                .keySet()
                .forEach(address -> state(address)
                        .dueAt()
                        .filter(due -> !due.isAfter(now))
                        .ifPresent(due -> sentences.add(
                                "Environment %s of tenant %s: something falls due at %s, which has passed. The processor decides it once more by itself; that is not shown."
                                        .formatted(
                                                address.environmentId(), address.tenantId(), OpenWarning.date(due)))));
        return sentences;
    }

    private EnvironmentState state(Sweep.Address address) {
        return stores.now(address.tenantId()).state(address.environmentId());
    }

    private static Optional<Instant> deletion(EnvironmentState state) {
        return state.published().decision().flatMap(Decision::expectedDeletionAt);
    }
}
