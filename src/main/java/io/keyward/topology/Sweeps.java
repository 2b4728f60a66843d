package io.keyward.topology;

import io.keyward.domain.EnvironmentId;
import io.keyward.domain.PendingSweep;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.Sweep;
import io.keyward.domain.TenantId;
import io.keyward.domain.Trigger;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings one cause to all the environments that it concerns, at most `bound` of them at a time; what is left is kept
/// and done in order, so that a crash loses none.
final class Sweeps {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeps.class);

    private final EnvironmentRows environments;
    private final KeyRows keys;
    private final TenantRows tenants;
    private final TenantDesk desk;
    private final int bound;
    private final FlowObserver observer;

    Sweeps(
            EnvironmentRows environments,
            KeyRows keys,
            TenantRows tenants,
            TenantDesk desk,
            int bound,
            FlowObserver observer) {
        this.environments = environments;
        this.keys = keys;
        this.tenants = tenants;
        this.desk = desk;
        this.bound = bound;
        this.observer = observer;
    }

    /// Does as much of the sweep as one go may, and keeps the rest.
    void begin(PendingSweep pending) {
        step(pending).ifPresent(tenants::add);
    }

    /// Begins to decide everything anew if another profile decided last.
    void beginIfOther(RuleProfile profile, Trigger trigger) {
        if (!tenants.profile().equals(Optional.of(profile.name()))) {
            tenants.putProfile(profile.name());
            begin(new PendingSweep(new Sweep.OfEverything(Optional.empty()), trigger));
        }
    }

    /// Takes up the sweep that waits longest, for one go.
    void goOn() {
        Optional<KeyValue<Long, PendingSweep>> waiting = tenants.firstSweep();
        if (waiting.isPresent()) {
            long number = waiting.get().key;
            goOn(waiting.get().value).ifPresentOrElse(rest -> tenants.update(number, rest), () -> tenants.done(number));
        }
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
        Trigger trigger = pending.trigger();
        Optional<Sweep> rest = switch (pending.sweep()) {
            case Sweep.OfKey key -> reachUsers(key, trigger);
            case Sweep.OfQueue queue -> grant(queue, trigger);
            case Sweep.OfEverything everything -> decideAnew(everything, trigger);
        };
        return rest.map(sweep -> new PendingSweep(sweep, trigger));
    }

    private Optional<Sweep> reachUsers(Sweep.OfKey sweep, Trigger trigger) {
        TenantId tenant = sweep.tenantId();
        List<EnvironmentId> users = keys.users(tenant, sweep.key(), sweep.after(), bound);
        boolean slotsMoved = false;
        for (EnvironmentId user : users) {
            slotsMoved |= desk.again(tenant, user, trigger);
        }
        observer.fannedOut(users.size());
        if (slotsMoved && !grantIn(tenant, trigger)) {
            tenants.add(new PendingSweep(new Sweep.OfQueue(tenant), trigger));
        }
        return users.size() < bound
                ? Optional.empty()
                : Optional.of(new Sweep.OfKey(tenant, sweep.key(), Optional.of(users.getLast())));
    }

    private Optional<Sweep> grant(Sweep.OfQueue sweep, Trigger trigger) {
        return grantIn(sweep.tenantId(), trigger) ? Optional.empty() : Optional.of(sweep);
    }

    private boolean grantIn(TenantId tenant, Trigger trigger) {
        boolean done = desk.grantSlots(tenant, bound, trigger);
        desk.warnOfLimit(tenant, trigger);
        return done;
    }

    private Optional<Sweep> decideAnew(Sweep.OfEverything sweep, Trigger trigger) {
        List<Sweep.Address> chosen = environments.after(sweep.after(), bound);
        chosen.forEach(address -> desk.again(address.tenantId(), address.environmentId(), trigger));
        return chosen.size() < bound
                ? Optional.empty()
                : Optional.of(new Sweep.OfEverything(Optional.of(chosen.getLast())));
    }
}
