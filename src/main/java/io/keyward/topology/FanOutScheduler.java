package io.keyward.topology;

import io.keyward.domain.Decider;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.PendingSweep;
import io.keyward.domain.decision.Sweep;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.DeadlineStore;
import io.keyward.topology.store.EnvironmentStore;
import io.keyward.topology.store.KeyFactsStore;
import io.keyward.topology.store.PendingSweepStore;
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
final class FanOutScheduler {
    private static final Logger LOG = LoggerFactory.getLogger(FanOutScheduler.class);

    /// How many environments are listed at a time.
    private static final int CHUNK = 1_000;

    private final EnvironmentStore environments;
    private final KeyFactsStore keys;
    private final DeadlineStore deadlines;
    private final PendingSweepStore pendingSweeps;
    private final EnvironmentDecider decider;
    private final Erasures erasures;
    private final FanOut bounds;
    private final SweepProgress progress;

    FanOutScheduler(
            TaskStores stores, EnvironmentDecider decider, Erasures erasures, FanOut bounds, SweepProgress progress) {
        this.environments = stores.environments();
        this.keys = stores.keys();
        this.deadlines = stores.deadlines();
        this.pendingSweeps = stores.sweeps();
        this.decider = decider;
        this.erasures = erasures;
        this.bounds = bounds;
        this.progress = progress;
        progress.waiting(pendingSweeps.count());
    }

    /// What erases, and what tells whether a time event of the tenant is still to be read.
    record Erasures(TenantEraser eraser, DeadlineScheduler time) {}

    /// Runs the sweep within one budget and stores the rest.
    void begin(Sweep sweep, Trigger trigger) {
        step(PendingSweep.start(sweep, trigger)).ifPresentOrElse(pendingSweeps::add, () -> settle(sweep));
        progress.waiting(pendingSweeps.count());
    }

    private void settle(Sweep done) {
        if (done instanceof Sweep.OfErasure erasure) {
            erasures.eraser().settle(erasure.tenantId());
        }
    }

    /// Decides every environment again if other rules or another profile decided last, or if the deadlines are lost.
    void beginIfRulesChanged(RuleProfile profile, Trigger trigger) {
        String rules = Decider.rulesOf(profile);
        if (!pendingSweeps.rules().equals(Optional.of(rules)) || !deadlines.isFilled()) {
            pendingSweeps.putRules(rules);
            deadlines.setFilled();
            begin(new Sweep.OfEverything(Optional.empty()), trigger);
        }
    }

    /// Resumes the sweep of the next tenant, within one budget.
    void resume() {
        pendingSweeps.next().ifPresent(next -> {
            resume(next.pending()).ifPresentOrElse(rest -> pendingSweeps.update(next, rest), () -> {
                pendingSweeps.remove(next);
                settle(next.pending().sweep());
            });
            progress.waiting(pendingSweeps.count());
        });
    }

    /// Logs the cause of a failed sweep, because Kafka Streams does not report which event caused a
    /// punctuator's failure.
    private Optional<PendingSweep> resume(PendingSweep pending) {
        try {
            return step(pending);
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

    private Optional<PendingSweep> step(PendingSweep pending) {
        SweepBudget budget = new SweepBudget(bounds);
        Trigger trigger = pending.trigger();
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
                (after, max) -> erasures.eraser().environments(tenant, after, max),
                environment -> {
                    Sweep.Erased more = erasures.eraser().eraseUnlessSpared(tenant, environment, trigger);
                    erased.set(erased.get().plus(more));
                });
        boolean goesOn = last.isPresent() || erasures.time().awaits(tenant);
        Sweep.OfErasure rest = new Sweep.OfErasure(tenant, last.or(sweep::after), erased.get());
        if (!goesOn) {
            erasures.eraser().done(rest, trigger);
        }
        return Optional.<Sweep>of(rest).filter(_ -> goesOn);
    }

    private Optional<Sweep> reachUsers(Sweep.OfKey sweep, Trigger trigger, SweepBudget budget) {
        TenantId tenant = sweep.tenantId();
        Optional<EnvironmentId> last = decideEach(
                tenant,
                sweep.after(),
                (after, max) -> keys.users(tenant, sweep.key(), after, max),
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
                (after, max) -> deadlines.ofTenant(tenant, sweep.dueAt(), after, max),
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
            pendingSweeps.add(PendingSweep.start(new Sweep.OfQueue(tenant), trigger));
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
                        environments::listAfter,
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
