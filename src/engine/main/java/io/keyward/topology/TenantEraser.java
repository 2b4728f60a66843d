package io.keyward.topology;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.Difference;
import io.keyward.domain.decision.Erasure;
import io.keyward.domain.decision.FanOut;
import io.keyward.domain.decision.LimitWarning;
import io.keyward.domain.decision.PendingFanOut;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.Instants;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.PendingFanOutStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Erases tenants: retracts their outputs, and deletes their rows.
///
/// The rows of the tenant itself are deleted at once, and its environments one after the other in a fan-out. If
/// an event arrives before the fan-out has reached its environment, that environment is erased first, and the
/// fan-out then spares it. So every later event sees the tenant as erased.
///
/// @param erasing the tenants with an unfinished erasure; initially read from the stores, then modified only by
///     this class. Usually empty, so that other events cost nothing
record TenantEraser(TaskStores stores, TaskOutputs outputs, InstantSource clock, Set<TenantId> erasing) {
    private static final Logger LOG = LoggerFactory.getLogger(TenantEraser.class);

    /// Whether an erasure of the tenant is running.
    boolean isErasing(TenantId tenant) {
        return erasing.contains(tenant);
    }

    /// Erases the rows of the tenant itself, and removes its pending fan-outs. Returns the fan-out that erases
    /// its environments. A running earlier erasure continues as well.
    FanOut.OfErasure begin(TenantId tenant, Trigger trigger) {
        erasing.add(tenant);
        for (PendingFanOutStore.Waiting waiting : stores.fanOuts().ofTenant(tenant)) {
            if (!(waiting.pending().fanOut() instanceof FanOut.OfErasure)) {
                stores.fanOuts().remove(waiting);
            }
        }
        long retracted = 0;
        if (stores.tenants().get(tenant).limitPublished()) {
            outputs.publish(LimitWarning.retraction(tenant), trigger);
            retracted++;
        }
        stores.tenants().delete(tenant);
        stores.tenants().erased(tenant, trigger.cause().occurredAt());
        int keys = stores.keys().deleteFacts(tenant);
        return new FanOut.OfErasure(tenant, Optional.empty(), new FanOut.Erased(0, keys, retracted));
    }

    /// Must be called before an event about an environment is applied. During an erasure, erases the earlier
    /// state of the environment, and marks it as spared.
    void beforeEvent(TenantId tenant, EnvironmentId environment) {
        if (beforeDecision(tenant, environment)) {
            stores.tenants().spare(tenant, environment);
        }
    }

    /// Must be called before an environment is decided again. During an erasure, erases the earlier state of the
    /// environment. Returns whether it did.
    boolean beforeDecision(TenantId tenant, EnvironmentId environment) {
        boolean toErase = erasing.contains(tenant) && !stores.tenants().isSpared(tenant, environment);
        if (toErase) {
            eraseEarly(tenant, environment);
        }
        return toErase;
    }

    /// Erases an environment ahead of its turn, as part of the pending erasure.
    private void eraseEarly(TenantId tenant, EnvironmentId environment) {
        PendingFanOutStore.Waiting waiting = waiting(tenant).findFirst().orElseThrow();
        PendingFanOut pending = waiting.pending();
        FanOut.OfErasure fanOut = (FanOut.OfErasure) pending.fanOut();
        FanOut.Erased more = erase(tenant, environment, pending.trigger());
        FanOut rest =
                new FanOut.OfErasure(tenant, fanOut.after(), fanOut.erased().plus(more));
        stores.fanOuts().update(waiting, pending.advance(rest, 0));
    }

    /// Erases an environment, unless everything stored about it arrived after the erasure. Returns
    /// what was erased.
    FanOut.Erased eraseUnlessSpared(TenantId tenant, EnvironmentId environment, Trigger trigger) {
        return stores.tenants().isSpared(tenant, environment)
                ? FanOut.Erased.NOTHING
                : erase(tenant, environment, trigger);
    }

    /// Slots and the queue need no change: they were deleted with the tenant.
    private FanOut.Erased erase(TenantId tenant, EnvironmentId environment, Trigger trigger) {
        EnvironmentState state = stores.environments().get(tenant, environment);
        if (state.equals(EnvironmentState.NONE)) {
            return FanOut.Erased.NOTHING;
        }
        List<Publication> tombstones = Difference.retraction(state.published(), tenant, environment);
        tombstones.forEach(tombstone -> outputs.publish(tombstone, trigger));
        stores.environments().delete(tenant, environment);
        stores.reports().delete(tenant, environment);
        stores.keys().updateUsage(tenant, environment, state.facts(), EnvironmentFacts.NONE);
        stores.deadlines().move(tenant, environment, state.firesAt(), Optional.empty());
        return new FanOut.Erased(1, 0, tombstones.size());
    }

    /// Publishes a completed erasure.
    void done(FanOut.OfErasure fanOut, Trigger trigger) {
        FanOut.Erased erased = fanOut.erased();
        Instant now = Instants.max(clock.instant(), trigger.recordTime());
        outputs.publish(Erasure.done(fanOut.tenantId(), trigger.cause(), now, erased), trigger);
        LogSubject about = LogSubject.of(trigger.cause());
        about.addTo(LOG.atInfo())
                .log(
                        "Erased a tenant with {} environments and facts of {} keys, for the record at {}",
                        erased.environments(),
                        erased.keys(),
                        about);
    }

    /// Must be called when the fan-out of an erasure is no longer pending.
    void settle(TenantId tenant) {
        if (waiting(tenant).findAny().isEmpty()) {
            stores.tenants().spareNone(tenant);
            erasing.remove(tenant);
        }
    }

    /// The pending erasures of a tenant, in order.
    private Stream<PendingFanOutStore.Waiting> waiting(TenantId tenant) {
        return stores.fanOuts().ofTenant(tenant).stream()
                .filter(each -> each.pending().fanOut() instanceof FanOut.OfErasure);
    }
}
