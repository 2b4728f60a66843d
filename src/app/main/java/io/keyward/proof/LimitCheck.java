package io.keyward.proof;

import io.keyward.client.Topic;
import io.keyward.domain.Slot;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.topology.store.Nodes;
import java.util.List;
import java.util.Optional;

/// Checks what a tenant's row says of its limit (R10–R13). Which environment holds a slot depends on the order of
/// arrival, so it is not decided anew; what must be true in any order is checked.
record LimitCheck(OutputRecords outputs) {
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

    void check(StoredTenant tenant, Slots slots, Discrepancies discrepancies) {
        TenantState state = tenant.state();
        NewestRecord row = tenant.stateRow();
        List<Long> evidence = slots.evidence(row);
        if (!slots.unknown && state.slotsUsed() != slots.held) {
            discrepancies.atTenant(
                    row,
                    Rule.R10,
                    "The slots in use: expected %d, as many as environments hold one, found %d."
                            .formatted(slots.held, state.slotsUsed()),
                    new Discrepancies.About(Optional.empty(), false, evidence));
        }
        if (state.slotFree() && slots.waiting > 0) {
            discrepancies.atTenant(
                    row,
                    Rule.R12,
                    "Expected nobody to wait while a slot is free, found %d waiting with %d of %d slots in use."
                            .formatted(slots.waiting, state.slotsUsed(), state.limit()),
                    new Discrepancies.About(Optional.empty(), tenant.awaitsSweep(), evidence));
        }
        if (state.limitNear() != state.limitIncident().isPresent()) {
            discrepancies.atTenant(
                    row,
                    Rule.R13,
                    Deviation.sentence(
                            "The warning " + NEAR,
                            RedecidedState.open(state.limitNear()),
                            RedecidedState.open(!state.limitNear())),
                    new Discrepancies.About(
                            Optional.empty(), tenant.awaitsSweep(), List.of(NewestRecord.offsetOf(row))));
        }
        checkWarning(tenant, row, discrepancies);
    }

    /// A row that an earlier release wrote does not tell whether the warning was ever raised, so a missing record of a
    /// cleared one is not noticed.
    private void checkWarning(StoredTenant tenant, NewestRecord row, Discrepancies discrepancies) {
        TenantState state = tenant.state();
        TenantRecords records = tenant.records();
        String key = Publication.warningKey(records.id(), Optional.empty(), NEAR);
        NewestOutput record = records.outputs(Topic.WARNINGS).get(key);
        if (state.limitIncident().isPresent() || (record != null && state.limitTold())) {
            discrepancies.compare(
                    new Discrepancies.Implied(Nodes.TENANTS, row, Optional.empty()),
                    Topic.WARNINGS,
                    key,
                    found -> outputs.warning(records.id(), Optional.empty(), NEAR, state.limitIncident(), found));
        } else if (record != null) {
            discrepancies.expect(record);
            if (!record.isTombstone()) {
                discrepancies.atOutput(
                        Topic.WARNINGS,
                        record,
                        Deviation.of(Rule.R24, "Under the key " + key + ": expected no record, found one."),
                        Discrepancies.About.of(Optional.empty(), row, record));
            }
        }
    }
}
