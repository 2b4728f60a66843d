package io.keyward.topology;

import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.PendingSweep;
import io.keyward.domain.decision.Sweep;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.EnvironmentStore;
import io.keyward.topology.store.KeyFactsStore;
import io.keyward.topology.store.PendingSweepStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings one cause to all the environments that it concerns, one go at a time; what is left is kept and done later, so
/// that a crash loses none. Tenants take turns: nobody waits for the whole sweep of another one.
final class FanOutScheduler {
    private static final Logger LOG = LoggerFactory.getLogger(FanOutScheduler.class);

    /// How many environments are looked up at a time.
    private static final int CHUNK = 1_000;

    private final EnvironmentStore environments;
    private final KeyFactsStore keys;
    private final PendingSweepStore pending;
    private final EnvironmentDecider decider;
    private final FanOut bounds;
    private final SweepProgress progress;

    FanOutScheduler(
            EnvironmentStore environments,
            KeyFactsStore keys,
            PendingSweepStore waiting,
            EnvironmentDecider decider,
            FanOut bounds,
            SweepProgress progress) {
        this.environments = environments;
        this.keys = keys;
        this.pending = waiting;
        this.decider = decider;
        this.bounds = bounds;
        this.progress = progress;
        progress.waiting(waiting.count());
    }

    /// Does as much of the sweep as one go may, and keeps the rest.
    void begin(Sweep sweep, Trigger trigger) {
        step(PendingSweep.start(sweep, trigger)).ifPresent(rest -> {
            pending.add(rest);
            progress.waiting(pending.count());
        });
    }

    /// Begins to decide everything anew if another profile decided last.
    void beginIfProfileChanged(RuleProfile profile, Trigger trigger) {
        if (!pending.profile().equals(Optional.of(profile.name()))) {
            pending.putProfile(profile.name());
            begin(new Sweep.OfEverything(Optional.empty()), trigger);
        }
    }

    /// Gives the next tenant's sweep one budget.
    void resume() {
        pending.next().ifPresent(next -> {
            resume(next.pending()).ifPresentOrElse(rest -> pending.update(next, rest), () -> pending.remove(next));
            progress.waiting(pending.count());
        });
    }

    /// Kafka Streams tells nobody which event it is that a failure by the clock goes back to.
    private Optional<PendingSweep> resume(PendingSweep pending) {
        try {
            return step(pending);
        } catch (RuntimeException failure) {
            if (!Outages.isOutage(failure)) {
                LogSubject about = LogSubject.of(pending.trigger().cause());
                about.addTo(LOG.atWarn())
                        .log(
                                "What the record at {} had begun was interrupted, and is begun again: {}",
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
            case Sweep.OfEverything everything -> decideAnew(everything, trigger, budget);
        };
        progress.advanced(pending, budget.reached(), rest.isEmpty());
        return rest.map(sweep -> pending.advance(sweep, budget.reached()));
    }

    private Optional<Sweep> reachUsers(Sweep.OfKey sweep, Trigger trigger, SweepBudget budget) {
        TenantId tenant = sweep.tenantId();
        AtomicBoolean slotsMoved = new AtomicBoolean();
        Optional<EnvironmentId> last = forEachWithinBudget(
                budget, sweep.after(), (after, max) -> keys.users(tenant, sweep.key(), after, max), user -> {
                    if (decider.decideAgain(tenant, user, trigger)) {
                        slotsMoved.set(true);
                    }
                });
        if (slotsMoved.get() && !grantSlots(tenant, trigger, new SweepBudget(bounds))) {
            pending.add(PendingSweep.start(new Sweep.OfQueue(tenant), trigger));
        }
        return last.map(user -> new Sweep.OfKey(tenant, sweep.key(), Optional.of(user)));
    }

    /// Whether nobody is left to whom a slot could be given.
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
                        address -> decider.decideAgain(address.tenantId(), address.environmentId(), trigger))
                .map(address -> new Sweep.OfEverything(Optional.of(address)));
    }

    /// What follows in the order of a store.
    @FunctionalInterface
    private interface Listing<T> {
        /// The first `max` after that one, or of all.
        List<T> after(Optional<T> last, int max);
    }

    /// Takes one after the other until the go is over; the last one that was taken, or empty if none is left.
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
