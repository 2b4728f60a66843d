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
    private final PendingSweepStore waiting;
    private final EnvironmentDecider desk;
    private final FanOut bounds;
    private final SweepProgress progress;

    FanOutScheduler(
            EnvironmentStore environments,
            KeyFactsStore keys,
            PendingSweepStore waiting,
            EnvironmentDecider desk,
            FanOut bounds,
            SweepProgress progress) {
        this.environments = environments;
        this.keys = keys;
        this.waiting = waiting;
        this.desk = desk;
        this.bounds = bounds;
        this.progress = progress;
        progress.waiting(waiting.count());
    }

    /// Does as much of the sweep as one go may, and keeps the rest.
    void begin(Sweep sweep, Trigger trigger) {
        step(PendingSweep.of(sweep, trigger)).ifPresent(rest -> {
            waiting.add(rest);
            progress.waiting(waiting.count());
        });
    }

    /// Begins to decide everything anew if another profile decided last.
    void beginIfOther(RuleProfile profile, Trigger trigger) {
        if (!waiting.profile().equals(Optional.of(profile.name()))) {
            waiting.putProfile(profile.name());
            begin(new Sweep.OfEverything(Optional.empty()), trigger);
        }
    }

    /// Gives the next tenant's sweep one go.
    void goOn() {
        waiting.next().ifPresent(next -> {
            goOn(next.pending()).ifPresentOrElse(rest -> waiting.update(next, rest), () -> waiting.done(next));
            progress.waiting(waiting.count());
        });
    }

    /// Kafka Streams tells nobody which event it is that a failure by the clock goes back to.
    private Optional<PendingSweep> goOn(PendingSweep pending) {
        try {
            return step(pending);
        } catch (RuntimeException failure) {
            if (!Outages.isOutage(failure)) {
                LogSubject about = LogSubject.of(pending.trigger().cause());
                about.on(LOG.atWarn())
                        .log(
                                "What the record at {} had begun was interrupted, and is begun again: {}",
                                about,
                                failure.toString());
            }
            throw failure;
        }
    }

    private Optional<PendingSweep> step(PendingSweep pending) {
        SweepBudget go = new SweepBudget(bounds);
        Trigger trigger = pending.trigger();
        Optional<Sweep> rest = switch (pending.sweep()) {
            case Sweep.OfKey key -> reachUsers(key, trigger, go);
            case Sweep.OfQueue queue -> grant(queue.tenantId(), trigger, go) ? Optional.empty() : Optional.of(queue);
            case Sweep.OfEverything everything -> decideAnew(everything, trigger, go);
        };
        progress.went(pending, go.reached(), rest.isEmpty());
        return rest.map(sweep -> pending.after(sweep, go.reached()));
    }

    private Optional<Sweep> reachUsers(Sweep.OfKey sweep, Trigger trigger, SweepBudget go) {
        TenantId tenant = sweep.tenantId();
        AtomicBoolean slotsMoved = new AtomicBoolean();
        Optional<EnvironmentId> last =
                each(go, sweep.after(), (after, most) -> keys.users(tenant, sweep.key(), after, most), user -> {
                    if (desk.again(tenant, user, trigger)) {
                        slotsMoved.set(true);
                    }
                });
        if (slotsMoved.get() && !grant(tenant, trigger, new SweepBudget(bounds))) {
            waiting.add(PendingSweep.of(new Sweep.OfQueue(tenant), trigger));
        }
        return last.map(user -> new Sweep.OfKey(tenant, sweep.key(), Optional.of(user)));
    }

    /// Whether nobody is left to whom a slot could be given.
    private boolean grant(TenantId tenant, Trigger trigger, SweepBudget go) {
        boolean done = desk.grantSlots(tenant, trigger, go);
        desk.warnOfLimit(tenant, trigger);
        return done;
    }

    private Optional<Sweep> decideAnew(Sweep.OfEverything sweep, Trigger trigger, SweepBudget go) {
        return each(
                        go,
                        sweep.after(),
                        environments::after,
                        address -> desk.again(address.tenantId(), address.environmentId(), trigger))
                .map(address -> new Sweep.OfEverything(Optional.of(address)));
    }

    /// What follows in the order of a store.
    @FunctionalInterface
    private interface Listing<T> {
        /// The first `most` after that one, or of all.
        List<T> after(Optional<T> last, int most);
    }

    /// Takes one after the other until the go is over; the last one that was taken, or empty if none is left.
    private static <T> Optional<T> each(SweepBudget go, Optional<T> after, Listing<T> listing, Consumer<T> step) {
        Optional<T> last = after;
        while (!go.isOver()) {
            int most = Math.min(CHUNK, go.left());
            List<T> some = listing.after(last, most);
            for (T next : some) {
                if (go.isOver()) {
                    return last;
                }
                step.accept(next);
                go.oneMore();
                last = Optional.of(next);
            }
            if (some.size() < most) {
                return Optional.empty();
            }
        }
        return last;
    }
}
