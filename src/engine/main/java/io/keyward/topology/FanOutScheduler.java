package io.keyward.topology;

import io.keyward.domain.Decider;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.FanOut;
import io.keyward.domain.decision.PendingFanOut;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applies one cause to all environments that it concerns, one budget at a time. The rest is stored and
/// resumed later, so a crash loses nothing. Tenants are served in turn: no tenant waits for the complete
/// fan-out of another.
record FanOutScheduler(
        TaskStores stores,
        EnvironmentDecider decider,
        TenantEraser eraser,
        DeadlineScheduler time,
        FanOutLimits bounds,
        FanOutProgress progress) {
    private static final Logger LOG = LoggerFactory.getLogger(FanOutScheduler.class);

    /// How many environments are listed at a time.
    private static final int CHUNK = 1_000;

    /// Runs the fan-out within one budget and stores the rest.
    void begin(FanOut fanOut, Trigger trigger) {
        step(PendingFanOut.start(fanOut, trigger), trigger)
                .ifPresentOrElse(stores.fanOuts()::add, () -> settle(fanOut));
        progress.waiting(stores.fanOuts().count());
    }

    private void settle(FanOut done) {
        if (done instanceof FanOut.OfErasure erasure) {
            eraser.settle(erasure.tenantId());
        }
    }

    /// Stores the rules and the marker of the deadlines. If these rows are missing later, the next task of the
    /// partition knows that rows were lost.
    ///
    /// @param since the time from which these rules decide
    void storeRules(RuleProfile profile, Instant since) {
        stores.fanOuts().putRules(Decider.rulesOf(profile));
        decider.storeSinks(since);
        stores.deadlines().setFilled();
    }

    /// Decides every environment again if the rules or the profile have changed, or if the deadlines are lost.
    void beginIfRulesChanged(RuleProfile profile, Trigger trigger) {
        if (!stores.fanOuts().rules().equals(Optional.of(Decider.rulesOf(profile)))
                || !stores.deadlines().isFilled()) {
            storeRules(profile, trigger.cause().occurredAt());
            begin(new FanOut.OfEverything(Optional.empty()), trigger);
        }
    }

    /// Resumes the fan-out of the next tenant, within one budget.
    void resume(Tracing tracing) {
        stores.fanOuts().next().ifPresent(next -> {
            resume(next.pending(), tracing)
                    .ifPresentOrElse(rest -> stores.fanOuts().update(next, rest), () -> {
                        stores.fanOuts().remove(next);
                        settle(next.pending().fanOut());
                    });
            progress.waiting(stores.fanOuts().count());
        });
    }

    /// Logs the cause of a failed fan-out, because Kafka Streams does not report which event a punctuator
    /// was working on.
    private Optional<PendingFanOut> resume(PendingFanOut pending, Tracing tracing) {
        try {
            return tracing.trace(pending.trigger(), trigger -> step(pending, trigger));
        } catch (RuntimeException failure) {
            if (!Outages.isOutage(failure)) {
                LogSubject about = LogSubject.of(pending.trigger().cause());
                about.addTo(LOG.atWarn())
                        .log(
                                "The fan-out for the record at {} failed and will be retried: {}",
                                about,
                                failure.toString());
            }
            throw failure;
        }
    }

    private Optional<PendingFanOut> step(PendingFanOut pending, Trigger trigger) {
        FanOutBudget budget = new FanOutBudget(bounds);
        Optional<FanOut> rest = switch (pending.fanOut()) {
            case FanOut.OfKey key -> decideUsers(key, trigger, budget);
            case FanOut.OfQueue queue ->
                grantSlots(queue.tenantId(), trigger, budget) ? Optional.empty() : Optional.of(queue);
            case FanOut.OfErasure erasure -> erase(erasure, trigger, budget);
            case FanOut.OfDeadlines due -> decideDue(due, trigger, budget);
            case FanOut.OfEverything everything -> decideEverything(everything, trigger, budget);
        };
        progress.advanced(pending, budget.reached(), rest.isEmpty());
        return rest.map(fanOut -> pending.advance(fanOut, budget.reached()));
    }

    /// An erasure is complete only when no time event is in flight that would recreate rows of the tenant.
    private Optional<FanOut> erase(FanOut.OfErasure fanOut, Trigger trigger, FanOutBudget budget) {
        TenantId tenant = fanOut.tenantId();
        AtomicReference<FanOut.Erased> erased = new AtomicReference<>(fanOut.erased());
        Optional<EnvironmentId> last = forEachWithinBudget(
                budget,
                fanOut.after(),
                (after, max) -> stores.environments().ofTenant(tenant, after, max),
                environment -> {
                    FanOut.Erased more = eraser.eraseUnlessSpared(tenant, environment, trigger);
                    erased.set(erased.get().plus(more));
                });
        boolean isPending = last.isPresent() || time.awaits(tenant);
        FanOut.OfErasure rest = new FanOut.OfErasure(tenant, last.or(fanOut::after), erased.get());
        if (!isPending) {
            eraser.done(rest, trigger);
        }
        return Optional.<FanOut>of(rest).filter(_ -> isPending);
    }

    private Optional<FanOut> decideUsers(FanOut.OfKey fanOut, Trigger trigger, FanOutBudget budget) {
        TenantId tenant = fanOut.tenantId();
        Optional<EnvironmentId> last = decideEach(
                tenant,
                fanOut.after(),
                (after, max) -> stores.keys().users(tenant, fanOut.key(), after, max),
                user -> user,
                trigger,
                budget);
        return last.map(user -> new FanOut.OfKey(tenant, fanOut.key(), Optional.of(user)));
    }

    private Optional<FanOut> decideDue(FanOut.OfDeadlines fanOut, Trigger trigger, FanOutBudget budget) {
        TenantId tenant = fanOut.tenantId();
        Optional<FanOut.Deadline> last = decideEach(
                tenant,
                fanOut.after(),
                (after, max) -> stores.deadlines().ofTenant(tenant, fanOut.dueAt(), after, max),
                FanOut.Deadline::environmentId,
                trigger,
                budget);
        return last.map(due -> new FanOut.OfDeadlines(tenant, fanOut.dueAt(), Optional.of(due)));
    }

    /// Decides environments of a tenant again, and reassigns the slots that become free. Returns the last entry
    /// that was decided, or empty if none is left.
    private <T> Optional<T> decideEach(
            TenantId tenant,
            Optional<T> after,
            Listing<T> listing,
            Function<T, EnvironmentId> environment,
            Trigger trigger,
            FanOutBudget budget) {
        AtomicBoolean slotsMoved = new AtomicBoolean();
        Optional<T> last = forEachWithinBudget(budget, after, listing, entry -> {
            if (decider.decideAgain(tenant, environment.apply(entry), trigger)) {
                slotsMoved.set(true);
            }
        });
        if (slotsMoved.get() && !grantSlots(tenant, trigger, new FanOutBudget(bounds))) {
            stores.fanOuts().add(PendingFanOut.start(new FanOut.OfQueue(tenant), trigger));
        }
        return last;
    }

    /// Returns whether no more slots could be assigned.
    private boolean grantSlots(TenantId tenant, Trigger trigger, FanOutBudget budget) {
        boolean done = decider.grantSlots(tenant, trigger, budget);
        decider.warnOfLimit(tenant, trigger);
        return done;
    }

    private Optional<FanOut> decideEverything(FanOut.OfEverything fanOut, Trigger trigger, FanOutBudget budget) {
        return forEachWithinBudget(
                        budget,
                        fanOut.after(),
                        stores.environments()::listAfter,
                        address -> decider.restoreTimerAndDecide(address.tenantId(), address.environmentId(), trigger))
                .map(address -> new FanOut.OfEverything(Optional.of(address)));
    }

    /// Lists entries in the order of a store.
    @FunctionalInterface
    private interface Listing<T> {
        /// The first `max` entries after `last`, or from the start.
        List<T> after(Optional<T> last, int max);
    }

    /// Applies the step to one entry after the other within the budget. Returns the last entry that was
    /// processed, or empty if none is left.
    private static <T> Optional<T> forEachWithinBudget(
            FanOutBudget budget, Optional<T> after, Listing<T> listing, Consumer<T> step) {
        Optional<T> last = after;
        while (!budget.isSpent()) {
            int max = Math.min(CHUNK, budget.remaining());
            List<T> some = listing.after(last, max);
            for (T next : some) {
                if (budget.isSpent()) {
                    return last;
                }
                step.accept(next);
                budget.spendOne();
                last = Optional.of(next);
            }
            if (some.size() < max) {
                return Optional.empty();
            }
        }
        return last;
    }
}
