package io.keyward.proof;

import io.keyward.domain.Slot;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.decision.WarningKey;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.topology.contract.Topic;
import io.keyward.topology.store.Nodes;
import java.util.Optional;

/// Checks what a tenant's row says of its limit (R10–R13). Which environment holds a slot depends on the order of
/// arrival, so it is not decided anew; what must be true in any order is checked.
record LimitCheck(OutputRecords outputs) {
    private static final WarningKey NEAR = WarningKey.of(WarningCode.ENVIRONMENT_LIMIT_NEAR);

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

        private Evidence evidence(StoredRow state) {
            return new Evidence().add(state).add(holders).add(held).add(waiting);
        }
    }

    void check(TenantFacts tenant, Slots slots, Discrepancies discrepancies, int number) {
        TenantState state = tenant.state();
        StoredRow row = tenant.stateRow();
        Discrepancy.Kind moving = tenant.awaitsSweep() ? Discrepancy.Kind.AWAITS_SWEEP : Discrepancy.Kind.DIFFERENCE;
        Evidence evidence = slots.evidence(row);
        if (!slots.unknown && state.slotsUsed() != slots.held) {
            discrepancies.atRow(
                    Nodes.TENANTS,
                    row,
                    Deviation.of(
                            Rule.R10,
                            "The slots in use: expected %d, as many as environments hold one, found %d."
                                    .formatted(slots.held, state.slotsUsed())),
                    Discrepancies.About.tenant(evidence));
        }
        if (state.slotFree() && slots.waiting > 0) {
            discrepancies.atRow(
                    Nodes.TENANTS,
                    row,
                    Deviation.of(
                            Rule.R12,
                            "Expected nobody to wait while a slot is free, found %d waiting with %d of %d slots in use."
                                    .formatted(slots.waiting, state.slotsUsed(), state.limit())),
                    new Discrepancies.About(Optional.empty(), moving, evidence));
        }
        if (state.limitNear() != state.limitNearSince().isPresent()) {
            discrepancies.atRow(
                    Nodes.TENANTS,
                    row,
                    Deviation.of(
                            Rule.R13,
                            Deviation.sentence(
                                    "The warning " + NEAR,
                                    state.limitNear() ? "open" : "not open",
                                    state.limitNear() ? "not open" : "open")),
                    new Discrepancies.About(Optional.empty(), moving, new Evidence().add(row)));
        }
        checkWarning(tenant, row, discrepancies, number);
    }

    /// A row that an earlier release wrote does not tell whether the warning was ever raised, so a missing record of a
    /// cleared one is not noticed.
    private void checkWarning(TenantFacts tenant, StoredRow row, Discrepancies discrepancies, int number) {
        TenantState state = tenant.state();
        TenantRecords records = tenant.records();
        String key = Publication.warningKey(records.id(), Optional.empty(), NEAR);
        NewestOutput record = records.outputs(Topic.WARNINGS).get(key);
        boolean raised = state.limitNearSince().isPresent();
        Discrepancies.About about =
                Discrepancies.About.tenant(new Evidence().add(row).add(record));
        if (record == null) {
            if (raised) {
                discrepancies.atRow(
                        Nodes.TENANTS,
                        row,
                        Deviation.of(
                                Rule.R15,
                                "Expected a record in the topic warnings under the key " + key + ", found none."),
                        about);
            }
            return;
        }
        record.expectedBy(number);
        if (record.isTombstone() == state.limitTold()) {
            discrepancies.atOutput(
                    Topic.WARNINGS,
                    record,
                    Deviation.of(
                            Rule.R24,
                            Deviation.sentence(
                                    "Under the key " + key,
                                    state.limitTold() ? "a record" : "no record",
                                    record.isTombstone() ? "a tombstone" : "one")),
                    about);
        } else if (state.limitTold()) {
            outputs.warning(records.id(), Optional.empty(), NEAR, state.limitNearSince(), record)
                    .ifPresent(different ->
                            discrepancies.atOutput(Topic.WARNINGS, record, Deviation.of(Rule.R15, different), about));
        }
    }
}
