package io.keyward.topology;

import io.keyward.domain.Decider;
import io.keyward.domain.DecisionResult;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.SinkPeriods;
import io.keyward.domain.Slot;
import io.keyward.domain.decision.LimitWarning;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/// Decides the environments of a tenant: loads facts, calls the [Decider], stores the new state and publishes
/// the changes.
///
/// All values of an environment are computed and encoded before the first is stored, because a put is not
/// rolled back when a later step throws.
final class EnvironmentDecider {
    /// How many waiting environments are listed at a time. Each listing skips the deleted rows of earlier ones.
    private static final int QUEUE_CHUNK = 1_000;

    private final TaskStores stores;
    private final TenantEraser eraser;
    private final TaskOutputs outputs;

    /// Whether decisions do not depend on reports (R32); then none are read for a decision.
    private final boolean ignoresReports;

    private Decider decider;

    EnvironmentDecider(TaskStores stores, RuleProfile profile, TenantEraser eraser, TaskOutputs outputs) {
        this.stores = stores;
        this.eraser = eraser;
        this.decider = new Decider(profile, stores.fanOuts().sinks().orElse(SinkPeriods.always(profile.sinks())));
        this.outputs = outputs;
        this.ignoresReports = profile.evidence() == RuleProfile.Evidence.IGNORE;
    }

    /// Stores that the profile with these sinks decides from that moment on (R15). If a partition has no stored
    /// sinks, only this profile is assumed to have decided its stores.
    void storeSinks(Instant now) {
        Collection<String> current = decider.profile().sinks();
        SinkPeriods periods = stores.fanOuts()
                .sinks()
                .map(known -> known.followedBy(current, now))
                .orElse(SinkPeriods.always(current));
        stores.fanOuts().putSinks(periods);
        decider = new Decider(decider.profile(), periods);
    }

    /// Adds a fact about an environment and decides it; returns whether a slot was taken or freed.
    boolean applyEnvironmentEvent(Event.OfEnvironment event, Trigger trigger) {
        TenantId tenant = event.tenantId();
        EnvironmentId environment = event.environmentId();
        eraser.beforeEvent(tenant, environment);
        EnvironmentState before = stores.environments().get(tenant, environment);
        EnvironmentFacts facts = before.facts().with(event);
        Reports held = ignoresReports
                ? stores.reports().concernedBy(event, before.facts(), facts)
                : stores.reports().get(tenant, environment, before.facts());
        Reports reported = held.with(event, facts);
        List<KeyValue<Bytes, byte[]>> rows = stores.reports().changes(tenant, environment, held, reported);
        boolean sameFacts = facts.equals(before.facts());
        // An ignored report must not be the cause of an output (R32), and a decision now could publish changes that a
        // pending fan-out has not published yet.
        if (ignoresReports && event instanceof Event.EnforcementReported) {
            if (!sameFacts) {
                stores.environments().put(tenant, environment, before.with(facts));
            }
            stores.reports().put(rows);
            return false;
        }
        if (sameFacts && rows.isEmpty()) {
            return false;
        }
        if (rows.isEmpty() && isSettled() && before.isKeptBy(facts)) {
            // The facts are stored all the same, so that an older snapshot does not replace them.
            stores.environments().put(tenant, environment, before.with(facts));
            return false;
        }
        boolean slotMoved = decide(applicant(tenant, environment), before, facts, reported, trigger);
        stores.reports().put(rows);
        return slotMoved;
    }

    /// Whether every environment was decided from the facts that are stored now, and by these rules. This does
    /// not hold while a fan-out is pending, or while outputs are withheld.
    private boolean isSettled() {
        return stores.fanOuts().count() == 0 && !outputs.isWithholding();
    }

    /// Adds a fact about a key; returns whether that changed anything. The caller must then decide the
    /// environments that use the key.
    boolean applyKeyEvent(Event.OfKey event) {
        KeyFacts before = stores.keys().get(event.tenantId(), event.key());
        KeyFacts facts = before.with(event);
        if (facts.equals(before)) {
            return false;
        }
        stores.keys().put(event.tenantId(), event.key(), facts);
        return true;
    }

    /// Applies a fact to the state of a tenant; returns whether that changed anything. The caller must then
    /// decide the environments that it concerns.
    boolean applyToTenant(TenantId tenant, UnaryOperator<TenantState> fact) {
        TenantState before = stores.tenants().get(tenant);
        TenantState after = fact.apply(before);
        if (after.equals(before)) {
            return false;
        }
        stores.tenants().put(tenant, after);
        return true;
    }

    /// Decides an environment again from its stored facts; returns whether a slot was taken or freed.
    boolean decideAgain(TenantId tenant, EnvironmentId environment, Trigger trigger) {
        return decideAgain(applicant(tenant, environment), stateOf(tenant, environment), trigger);
    }

    /// Writes the timer row of an environment, which may be lost, and decides the environment again. The row
    /// follows from the stored state, so it is correct even if the decision fails.
    void restoreTimerAndDecide(TenantId tenant, EnvironmentId environment, Trigger trigger) {
        EnvironmentState state = stateOf(tenant, environment);
        if (state.facts().equals(EnvironmentFacts.NONE)) {
            return; // published before its facts were lost: missing facts must not retract outputs
        }
        stores.deadlines().move(tenant, environment, Optional.empty(), state.firesAt());
        decideAgain(applicant(tenant, environment), state, trigger);
        warnOfLimit(tenant, trigger);
    }

    private EnvironmentState stateOf(TenantId tenant, EnvironmentId environment) {
        eraser.beforeDecision(tenant, environment);
        return stores.environments().get(tenant, environment);
    }

    private boolean decideAgain(Applicant applicant, EnvironmentState state, Trigger trigger) {
        Reports reported = ignoresReports
                ? Reports.NONE
                : stores.reports().get(applicant.tenant(), applicant.environment(), state.facts());
        return decide(applicant, state, state.facts(), reported, trigger);
    }

    /// Assigns free slots to the environments that have waited longest (R12), within the budget; returns false
    /// if more could be assigned.
    boolean grantSlots(TenantId tenant, Trigger trigger, FanOutBudget budget) {
        while (stores.tenants().get(tenant).slotFree()) {
            List<EnvironmentId> first = stores.tenants().firstInQueue(tenant, QUEUE_CHUNK);
            if (first.isEmpty()) {
                return true;
            }
            for (EnvironmentId next : first) {
                if (budget.isSpent()) {
                    return false;
                }
                if (stores.tenants().get(tenant).slotFree()) {
                    decideAgain(new Applicant(tenant, next, () -> true), stateOf(tenant, next), trigger);
                    budget.spendOne();
                }
            }
        }
        return true;
    }

    /// Raises or clears the warning that the tenant is near its limit (R13).
    void warnOfLimit(TenantId tenant, Trigger trigger) {
        if (outputs.isWithholding()) {
            return;
        }
        LimitWarning warning = LimitWarning.between(
                tenant, stores.tenants().get(tenant), decider.profile().name(), trigger.cause());
        warning.publication().ifPresent(publication -> {
            outputs.publish(publication, trigger);
            stores.tenants().put(tenant, warning.state());
        });
    }

    private boolean decide(
            Applicant applicant, EnvironmentState before, EnvironmentFacts facts, Reports reported, Trigger trigger) {
        TenantId tenant = applicant.tenant();
        EnvironmentId environment = applicant.environment();
        DecisionResult result = decider.decide(
                tenant,
                environment,
                new Decider.Input(
                        before,
                        facts,
                        ignoresReports ? Reports.NONE : reported,
                        stores.keys().ofEnvironment(tenant, facts),
                        stores.tenants().get(tenant).timeReached().orElse(Instant.MIN),
                        stores.tenants().erasedAt(tenant),
                        applicant.slotFree()),
                trigger.cause());
        EnvironmentState after = outputs.publish(before.published(), result, trigger);
        if (!after.equals(before)) {
            stores.environments().put(tenant, environment, after);
            stores.keys().updateUsage(tenant, environment, before.facts(), facts);
            stores.deadlines().move(tenant, environment, before.firesAt(), after.firesAt());
            updateSlot(tenant, environment, before.slot(), after.slot());
        }
        return after.slot().held() != before.slot().held();
    }

    /// An environment, and whether a slot is free for it.
    private record Applicant(TenantId tenant, EnvironmentId environment, BooleanSupplier slotFree) {}

    private Applicant applicant(TenantId tenant, EnvironmentId environment) {
        return new Applicant(tenant, environment, () -> slotFreeFor(tenant, environment));
    }

    /// A free slot goes to the environment that has waited longest; any other may take it only if no environment
    /// waits (R12).
    private boolean slotFreeFor(TenantId tenant, EnvironmentId environment) {
        return stores.tenants().get(tenant).slotFree()
                && stores.tenants()
                        .firstInQueue(tenant)
                        .map(environment::equals)
                        .orElse(true);
    }

    private void updateSlot(TenantId tenant, EnvironmentId environment, Slot before, Slot after) {
        if (before.equals(after)) {
            return;
        }
        before.queuedAt().ifPresent(queuedAt -> stores.tenants().dequeue(tenant, queuedAt, environment));
        after.queuedAt().ifPresent(queuedAt -> stores.tenants().enqueue(tenant, queuedAt, environment));
        int more = (after.held() ? 1 : 0) - (before.held() ? 1 : 0);
        if (more != 0) {
            stores.tenants().put(tenant, stores.tenants().get(tenant).addSlots(more));
        }
    }
}
