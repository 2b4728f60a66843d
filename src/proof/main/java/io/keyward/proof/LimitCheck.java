package io.keyward.proof;

import io.keyward.client.Topic;
import io.keyward.domain.Slot;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.Nodes;
import java.util.List;
import java.util.Optional;

/// Checks what a tenant's row says of its limit (R10–R13). Which environment holds a slot depends on the order of
/// arrival, so it is not decided again; the check covers what must be true in any order.
record LimitCheck(OutputRecords outputs, StoredTenant tenant, Slots slots, Discrepancies found) {
    private static final WarningCode NEAR = WarningCode.ENVIRONMENT_LIMIT_NEAR;

    /// The slots of all environments of a tenant.
    static final class Slots {
        private long holders;
        private int held;
        private int waiting;
        private boolean unknown;

        void add(EnvironmentId environment, Slot slot) {
            if (slot.held()) {
                held++;
                holders += environment.hashCode();
            } else if (slot.queuedAt().isPresent()) {
                waiting++;
                holders += 31L * environment.hashCode();
            }
        }

        /// The row of an environment cannot be read.
        void addUnknown() {
            unknown = true;
        }

        boolean hasUnknown() {
            return unknown;
        }

        private List<Long> evidence(NewestRecord state) {
            return List.of(NewestRecord.offsetOf(state), holders, (long) held, (long) waiting);
        }
    }

    void run() {
        TenantState state = tenant.state();
        List<Long> evidence = slots.evidence(tenant.stateRow());
        if (!slots.unknown && state.slotsUsed() != slots.held) {
            String sentence = "The slots in use: expected %d, as many as environments hold one, found %d."
                    .formatted(slots.held, state.slotsUsed());
            report(Rule.R10, sentence, false, evidence);
        }
        if (state.slotFree() && slots.waiting > 0) {
            String sentence =
                    "Expected nobody to wait while a slot is free, found %d waiting with %d of %d slots in use."
                            .formatted(slots.waiting, state.slotsUsed(), state.limit());
            report(Rule.R12, sentence, tenant.awaitsFanOut(), evidence);
        }
        if (state.limitNear() != state.limitIncident().isPresent()) {
            String sentence = Deviation.sentence(
                    "The warning " + NEAR,
                    RedecidedState.open(state.limitNear()),
                    RedecidedState.open(!state.limitNear()));
            report(Rule.R13, sentence, tenant.awaitsFanOut(), List.of(NewestRecord.offsetOf(tenant.stateRow())));
        }
        checkWarning(state);
    }

    private void report(Rule rule, String sentence, boolean awaitsFanOut, List<Long> evidence) {
        found.atRow(
                Nodes.TENANTS,
                tenant.stateRow(),
                Deviation.of(rule, sentence),
                new Discrepancies.About(Optional.empty(), awaitsFanOut, evidence));
    }

    /// A missing record of a cleared warning is not noticed.
    private void checkWarning(TenantState state) {
        NewestRecord row = tenant.stateRow();
        TenantId id = tenant.records().id();
        String key = Publication.warningKey(id, Optional.empty(), NEAR);
        NewestOutput record = tenant.records().outputs(Topic.WARNINGS).get(key);
        if (state.limitIncident().isPresent() || (record != null && state.limitPublished())) {
            found.compare(
                    new Discrepancies.Implied(Nodes.TENANTS, row, Optional.empty()),
                    Topic.WARNINGS,
                    key,
                    told -> outputs.warning(id, Optional.empty(), NEAR, state.limitIncident(), told));
        } else if (record != null) {
            found.expect(record);
            if (!record.isTombstone()) {
                found.atOutput(
                        Topic.WARNINGS,
                        record,
                        Deviation.of(Rule.R24, "Under the key " + key + ": expected no record, found one."),
                        Discrepancies.About.of(Optional.empty(), row, record));
            }
        }
    }
}
