package io.keyward.console.whatif;

import io.keyward.console.replica.TenantView;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.PendingFanOut;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.read.DryRun;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Collects why answers about some tenants are preliminary.
final class Reservations {
    private final TenantView view;
    private final DryRun dryRun;
    private final Set<TenantId> prepared = new LinkedHashSet<>();
    private final Set<String> sentences = new LinkedHashSet<>();

    Reservations(TenantView view, DryRun dryRun) {
        this.view = view;
        this.dryRun = dryRun;
    }

    /// Finishes the pending work of the processor for the tenant, as the processor would before it
    /// reads another event.
    void prepare(TenantId tenant) {
        if (prepared.add(tenant)) {
            sentences.addAll(view.staleness(tenant).missing());
            DryRun.Unfinished unfinished = dryRun.prepare(tenant);
            if (unfinished.otherRules()) {
                sentences.add("Tenant " + tenant
                        + " was last decided by other rules, or another rule profile, than those of this answer.");
            }
            unfinished.fanOuts().forEach(fanOut -> sentences.add(sentence(tenant, fanOut, unfinished.finished())));
        }
    }

    private static String sentence(TenantId tenant, PendingFanOut fanOut, boolean finished) {
        Cause cause = fanOut.trigger().cause();
        return "Tenant %s: the processor has not reached every environment yet for %s %s of %s. The answer treats %s."
                .formatted(
                        tenant,
                        cause.eventType(),
                        cause.eventId(),
                        cause.occurredAt(),
                        finished ? "that as done and does not show it" : "only a part of that as done");
    }

    List<String> sentences() {
        return new ArrayList<>(sentences);
    }
}
