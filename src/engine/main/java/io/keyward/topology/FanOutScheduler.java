package io.keyward.topology;

import io.keyward.domain.Decider;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.PendingSweep;
import io.keyward.domain.decision.Sweep;
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

/// Applies one cause to all environments that it concerns, one budget at a time. The rest is stored and resumed
/// later, so a crash loses nothing. Tenants are served in turn: no tenant waits for the whole sweep of another.
record FanOutScheduler(
        TaskStores stores,
        EnvironmentDecider decider,
        TenantEraser eraser,
        DeadlineScheduler time,
        FanOutLimits bounds,
        SweepProgress progress) {
    private static final Logger LOG = LoggerFactory.getLogger(FanOutScheduler.class);

    /// How many environments are listed at a time.
    private static final int CHUNK = 1_000;

    /// Runs the sweep within one budget and stores the rest.
    void begin(Sweep sweep, Trigger trigger) {
        step(PendingSweep.start(sweep, trigger), trigger).ifPresentOrElse(stores.sweeps()::add, () -> settle(sweep));
        progress.waiting(stores.sweeps().count());
    }

    private void settle(Sweep done) {
        if (done instanceof Sweep.OfErasure erasure) {
            eraser.settle(erasure.tenantId());
        }
    }

    /// Notes the rules and the deadlines of a partition without rows, so that whoever works on it next knows that
    /// rows are missing if these are.
    ///
    /// @param since from when on these rules decide
    void noteRules(RuleProfile profile, Instant since) {
        stores.sweeps().putRules(Decider.rulesOf(profile));
        decider.noteSinks(since);
        stores.deadlines().setFilled();
    }

    /// Decides every environment again if other rules or another profile decided last, or if the deadlines are lost.
    void beginIfRulesChanged(RuleProfile profile, Trigger trigger) {
        if (!stores.sweeps().rules().equals(Optional.of(Decider.rulesOf(profile)))
                || !stores.deadlines().isFilled()) {
            noteRules(profile, trigger.cause().occurredAt());
            begin(new Sweep.OfEverything(Optional.empty()), trigger);
        }
    }

    /// Resumes the sweep of the next tenant, within one budget.
    void resume(Tracing tracing) {
        stores.sweeps().next().ifPresent(next -> {
            resume(next.pending(), tracing)
                    .ifPresentOrElse(rest -> stores.sweeps().update(next, rest), () -> {
                        stores.sweeps().remove(next);
                        settle(next.pending().sweep());
                    });
            progress.waiting(stores.sweeps().count());
        });
    }

    /// Logs the cause of a failed sweep, because Kafka Streams does not report which event caused a
    /// punctuator's failure.
    private Optional<PendingSweep> resume(PendingSweep pending, Tracing tracing) {
        try {
            return tracing.trace(pending.trigger(), trigger -> step(pending, trigger));
        } catch (RuntimeException failure) {
            if (!Outages.isOutage(failure)) {
                LogSubject about = LogSubject.of(pending.trigger().cause());
                about.addTo(LOG.atWarn())
                        .log(
                                "The sweep for the record at {} failed and will be repeated: {}",
                                about,
                                failure.toString());
            }
            throw failure;
        }
    }

    private Optional<PendingSweep> step(PendingSweep pending, Trigger trigger) {
        SweepBudget budget = new SweepBudget(bounds);
        Optional<Sweep> rest = switch (pending.sweep()) {
            case Sweep.OfKey key -> reachUsers(key, trigger, budget);
            case Sweep.OfQueue queue ->
                grantSlots(queue.tenantId(), trigger, budget) ? Optional.empty() : Optional.of(queue);
            case Sweep.OfErasure erasure -> erase(erasure, trigger, budget);
            case Sweep.OfDeadlines due -> decideDue(due, trigger, budget);
            case Sweep.OfEverything everything -> decideAnew(everything, trigger, budget);
        };
        progress.advanced(pending, budget.reached(), rest.isEmpty());
        return rest.map(sweep -> pending.advance(sweep, budget.reached()));
    }

    /// An erasure is done only when no time event is under way that would bring the tenant back.
    private Optional<Sweep> erase(Sweep.OfErasure sweep, Trigger trigger, SweepBudget budget) {
        TenantId tenant = sweep.tenantId();
        AtomicReference<Sweep.Erased> erased = new AtomicReference<>(sweep.erased());
        Optional<EnvironmentId> last = forEachWithinBudget(
                budget,
                sweep.after(),
                (after, max) -> stores.environments().ofTenant(tenant, after, max),
                environment -> {
                    Sweep.Erased more = eraser.eraseUnlessSpared(tenant, environment, trigger);
                    erased.set(erased.get().plus(more));
                });
        boolean goesOn = last.isPresent() || time.awaits(tenant);
        Sweep.OfErasure rest = new Sweep.OfErasure(tenant, last.or(sweep::after), erased.get());
        if (!goesOn) {
            eraser.done(rest, trigger);
        }
        return Optional.<Sweep>of(rest).filter(_ -> goesOn);
    }

    private Optional<Sweep> reachUsers(Sweep.OfKey sweep, Trigger trigger, SweepBudget budget) {
        TenantId tenant = sweep.tenantId();
        Optional<EnvironmentId> last = decideEach(
                tenant,
                sweep.after(),
                (after, max) -> stores.keys().users(tenant, sweep.key(), after, max),
                user -> user,
                trigger,
                budget);
        return last.map(user -> new Sweep.OfKey(tenant, sweep.key(), Optional.of(user)));
    }

    private Optional<Sweep> decideDue(Sweep.OfDeadlines sweep, Trigger trigger, SweepBudget budget) {
        TenantId tenant = sweep.tenantId();
        Optional<Sweep.Deadline> last = decideEach(
                tenant,
                sweep.after(),
                (after, max) -> stores.deadlines().ofTenant(tenant, sweep.dueAt(), after, max),
                Sweep.Deadline::environmentId,
                trigger,
                budget);
        return last.map(due -> new Sweep.OfDeadlines(tenant, sweep.dueAt(), Optional.of(due)));
    }

    /// Decides environments of a tenant again, and gives on the slots that become free. Returns the last entry
    /// reached, or empty if none is left.
    private <T> Optional<T> decideEach(
            TenantId tenant,
            Optional<T> after,
            Listing<T> listing,
            Function<T, EnvironmentId> environment,
            Trigger trigger,
            SweepBudget budget) {
        AtomicBoolean slotsMoved = new AtomicBoolean();
        Optional<T> last = forEachWithinBudget(budget, after, listing, entry -> {
            if (decider.decideAgain(tenant, environment.apply(entry), trigger)) {
                slotsMoved.set(true);
            }
        });
        if (slotsMoved.get() && !grantSlots(tenant, trigger, new SweepBudget(bounds))) {
            stores.sweeps().add(PendingSweep.start(new Sweep.OfQueue(tenant), trigger));
        }
        return last;
    }

    /// Returns whether no more slots could be given.
    private boolean grantSlots(TenantId tenant, Trigger trigger, SweepBudget budget) {
        boolean done = decider.grantSlots(tenant, trigger, budget);
        decider.warnOfLimit(tenant, trigger);
        return done;
    }

    private Optional<Sweep> decideAnew(Sweep.OfEverything sweep, Trigger trigger, SweepBudget budget) {
        return forEachWithinBudget(
                        budget,
                        sweep.after(),
                        stores.environments()::listAfter,
                        address -> decider.decideAnew(address.tenantId(), address.environmentId(), trigger))
                .map(address -> new Sweep.OfEverything(Optional.of(address)));
    }

    /// Lists entries in the order of a store.
    @FunctionalInterface
    private interface Listing<T> {
        /// The first `max` entries after `last`, or from the start.
        List<T> after(Optional<T> last, int max);
    }

    /// Applies the step to one entry after the other while the budget lasts. Returns the last entry reached,
    /// or empty if none is left.
    private static <T> Optional<T> forEachWithinBudget(
            SweepBudget budget, Optional<T> after, Listing<T> listing, Consumer<T> step) {
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
