package io.keyward.topology;

import io.keyward.domain.Decider;
import io.keyward.domain.DecisionResult;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.Slot;
import io.keyward.domain.decision.LimitWarning;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.EnvironmentStore;
import io.keyward.topology.store.KeyFactsStore;
import io.keyward.topology.store.TenantStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Decides the environments of a tenant: loads facts, asks the rules, stores what is new and publishes the
/// difference.
///
/// Everything about an environment is computed and encoded before anything of it is stored: a store is not rolled back
/// when something throws after a put.
final class EnvironmentDecider {
    /// How many of those who wait are looked up at a time: the rows of those who waited before them are passed over.
    private static final int QUEUE_CHUNK = 1_000;

    private final EnvironmentStore environments;
    private final KeyFactsStore keys;
    private final TenantStore tenants;
    private final Decider decider;
    private final PublicationForwarder forwarder;

    EnvironmentDecider(
            EnvironmentStore environments,
            KeyFactsStore keys,
            TenantStore tenants,
            RuleProfile profile,
            PublicationForwarder forwarder) {
        this.environments = environments;
        this.keys = keys;
        this.tenants = tenants;
        this.decider = new Decider(profile);
        this.forwarder = forwarder;
    }

    /// Takes in a fact about an environment and decides it; tells whether a slot changed hands.
    boolean applyEnvironmentEvent(Event.OfEnvironment event, Trigger trigger) {
        EnvironmentState before = environments.get(event.tenantId(), event.environmentId());
        EnvironmentFacts facts = before.facts().with(event);
        if (facts.equals(before.facts())) {
            return false;
        }
        return decide(applicant(event.tenantId(), event.environmentId()), before, facts, trigger);
    }

    /// Takes in a fact about a key; returns the spellings of the key for which it is news, mostly none or its own.
    /// Their environments are still to be decided.
    List<KeyId> applyKeyEvent(Event.OfKey event) {
        List<KeyId> news = new ArrayList<>();
        for (KeyId key : keys.spellings(event.tenantId(), event.key())) {
            KeyFacts before = keys.get(event.tenantId(), key);
            KeyFacts facts = before.with(event);
            if (!facts.equals(before)) {
                keys.put(event.tenantId(), key, facts);
                news.add(key);
            }
        }
        return news;
    }

    /// Takes in a tenant's limit; tells whether it changed.
    boolean applyLimit(Event.TenantLimitChanged event) {
        TenantState before = tenants.get(event.tenantId());
        TenantState state = before.with(event);
        if (state.equals(before)) {
            return false;
        }
        tenants.put(event.tenantId(), state);
        return true;
    }

    /// Decides an environment anew by the facts there are; tells whether a slot changed hands.
    boolean decideAgain(TenantId tenant, EnvironmentId environment, Trigger trigger) {
        return decideAgain(applicant(tenant, environment), trigger);
    }

    private boolean decideAgain(Applicant applicant, Trigger trigger) {
        EnvironmentState state = environments.get(applicant.tenant(), applicant.environment());
        return decide(applicant, state, state.facts(), trigger);
    }

    /// Gives free slots to those who have waited longest (R12), as many as one go may; false when more could be given.
    boolean grantSlots(TenantId tenant, Trigger trigger, SweepBudget budget) {
        while (tenants.get(tenant).slotFree()) {
            List<EnvironmentId> first = tenants.firstInQueue(tenant, QUEUE_CHUNK);
            if (first.isEmpty()) {
                return true;
            }
            for (EnvironmentId next : first) {
                if (budget.isSpent()) {
                    return false;
                }
                if (tenants.get(tenant).slotFree()) {
                    decideAgain(new Applicant(tenant, next, () -> true), trigger);
                    budget.spendOne();
                }
            }
        }
        return true;
    }

    /// Tells administrators when the tenant comes near its limit, or is so no more (R13).
    void warnOfLimit(TenantId tenant, Trigger trigger) {
        LimitWarning warning = LimitWarning.between(
                tenant, tenants.get(tenant), decider.profile().name(), trigger.cause());
        warning.publication().ifPresent(publication -> {
            forwarder.publish(publication, trigger);
            tenants.put(tenant, warning.state());
        });
    }

    private boolean decide(Applicant applicant, EnvironmentState before, EnvironmentFacts facts, Trigger trigger) {
        TenantId tenant = applicant.tenant();
        EnvironmentId environment = applicant.environment();
        DecisionResult result = decider.decide(
                tenant,
                environment,
                new Decider.Input(before, facts, keys.ofEnvironment(tenant, facts), applicant.slotFree()),
                trigger.cause());
        forwarder.publish(result, trigger);
        EnvironmentState after = result.after();
        if (!after.equals(before)) {
            environments.put(tenant, environment, after);
            keys.updateUsage(tenant, environment, before.facts(), facts);
            updateSlot(tenant, environment, before.slot(), after.slot());
        }
        return after.slot().held() != before.slot().held();
    }

    /// An environment, and whether a slot is free for it.
    private record Applicant(TenantId tenant, EnvironmentId environment, BooleanSupplier slotFree) {}

    private Applicant applicant(TenantId tenant, EnvironmentId environment) {
        return new Applicant(tenant, environment, () -> slotFreeFor(tenant, environment));
    }

    /// A free slot is for who has waited longest; others may take it only when nobody waits (R12).
    private boolean slotFreeFor(TenantId tenant, EnvironmentId environment) {
        return tenants.get(tenant).slotFree()
                && tenants.firstInQueue(tenant).map(environment::equals).orElse(true);
    }

    private void updateSlot(TenantId tenant, EnvironmentId environment, Slot before, Slot after) {
        if (before.equals(after)) {
            return;
        }
        before.queuedAt().ifPresent(place -> tenants.dequeue(tenant, place, environment));
        after.queuedAt().ifPresent(place -> tenants.enqueue(tenant, place, environment));
        int more = (after.held() ? 1 : 0) - (before.held() ? 1 : 0);
        if (more != 0) {
            tenants.put(tenant, tenants.get(tenant).addSlots(more));
        }
    }
}
