package io.keyward.topology;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.Slot;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.FanOut;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.PendingFanOut;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.topology.store.DerivedRows;
import io.keyward.topology.store.EnvironmentStore;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.IntFunction;

/// Makes stores consistent that were restored from copies of the changelogs. Each copy, and each copy of an
/// output topic, may end at a different moment (docs/recovery.md).
///
/// Facts are kept as they are. The published state is taken from the outputs, and derived rows are rebuilt. The
/// operation is idempotent. Shared by the tasks of one application. Thread-safe.
public final class RestoredState {
    private static final int CHUNK = 1_000;

    /// The warnings of an environment that is under a policy and has no slot (R8, R11).
    private static final Set<WarningCode> WAITING =
            EnumSet.of(WarningCode.ENVIRONMENT_LIMIT_EXCEEDED, WarningCode.ENVIRONMENT_NOT_ELIGIBLE);

    private final IntFunction<StandingOutputs> outputs;
    private final Set<Integer> concerned;
    private final Set<Integer> unreliable;
    private final Set<Integer> done = ConcurrentHashMap.newKeySet();
    private final Set<String> unknown = new ConcurrentSkipListSet<>();
    private final Map<StandingOutputs.EventOf, Cause> unread = new ConcurrentHashMap<>();

    /// @param outputs the published outputs of the tenants whose events are on a partition of the inputs
    /// @param concerned the partitions to make consistent; others are not changed
    /// @param unreliable the partitions whose rows cannot be trusted: they are deleted, and decided
    ///     from the inputs
    public RestoredState(IntFunction<StandingOutputs> outputs, Set<Integer> concerned, Set<Integer> unreliable) {
        this.outputs = outputs;
        this.concerned = Set.copyOf(concerned);
        this.unreliable = Set.copyOf(unreliable);
    }

    /// Whether all partitions are consistent.
    public boolean isDone() {
        return done.containsAll(concerned);
    }

    /// The environments that have outputs but no facts, as `tenant/environment`. Their events must be sent again.
    public Set<String> unknown() {
        return Set.copyOf(unknown);
    }

    /// The events that recent decisions depend on and that have not been read again. They were lost and must be
    /// sent again. One line for each, sorted.
    public List<String> lost() {
        return unread.entrySet().stream()
                .map(event -> "%s %s of %s at %s"
                        .formatted(
                                event.getValue().eventType(),
                                event.getKey().eventId(),
                                event.getKey().tenant(),
                                event.getValue().occurredAt()))
                .sorted()
                .toList();
    }

    /// Called when an event has been read.
    void read(Event event) {
        unread.remove(new StandingOutputs.EventOf(
                event.tenantId(), event.stamp().eventId().value()));
        if (event instanceof Event.OfEnvironment named) {
            unknown.remove(named.tenantId() + "/" + named.environmentId());
        }
    }

    /// Makes the rows of a partition consistent, unless this was done before or the partition is not concerned.
    ///
    /// @param trigger the cause of the fan-outs that this adds
    void makeConsistent(int partition, TaskStores stores, DerivedRows derived, Trigger trigger) {
        if (done.contains(partition) || !concerned.contains(partition)) {
            return;
        }
        if (unreliable.contains(partition)) {
            derived.deleteAll();
        }
        StandingOutputs standing = outputs.apply(partition);
        unread.putAll(standing.causes());
        Map<FanOut.Address, Published> rest = new HashMap<>(standing.environments());
        Optional<FanOut.Address> last = Optional.empty();
        do {
            List<FanOut.Address> some = stores.environments().listAfter(last, CHUNK);
            some.forEach(address -> makeConsistent(
                    stores.environments(),
                    address,
                    Optional.ofNullable(rest.remove(address)).orElse(Published.NOTHING)));
            last = some.isEmpty() ? Optional.empty() : Optional.of(some.getLast());
        } while (last.isPresent());
        rest.forEach((address, published) -> makeConsistent(stores.environments(), address, published));
        derived.rebuild(standing.limits())
                .forEach(tenant -> stores.fanOuts().add(PendingFanOut.start(new FanOut.OfQueue(tenant), trigger)));
        done.add(partition);
    }

    /// Whether consumers still see an output. After a purge, only the revision is known.
    private static boolean isVisible(Published published) {
        return published.decision().isPresent()
                || !published.warnings().isEmpty()
                || !published.signals().isEmpty();
    }

    private void makeConsistent(EnvironmentStore environments, FanOut.Address address, Published published) {
        EnvironmentState before = environments.get(address.tenantId(), address.environmentId());
        EnvironmentState after = known(before, published);
        if (!after.equals(before)) {
            environments.put(address.tenantId(), address.environmentId(), after);
        }
        // An earlier recovery may have left a row that contains only the published state.
        if (isVisible(published) && before.facts().equals(EnvironmentFacts.NONE)) {
            unknown.add(address.tenantId() + "/" + address.environmentId());
        }
    }

    /// The state with the published outputs. An environment that was published as enabled holds a slot.
    private static EnvironmentState known(EnvironmentState state, Published outputs) {
        Published row = state.published();
        Slot slot = outputs.revision() > row.revision() && !state.slot().held()
                ? outputs.decision()
                        .flatMap(Decision::enabledSince)
                        .<Slot>map(since -> new Slot.Held(hasWaited(outputs) ? Optional.of(since) : Optional.empty()))
                        .orElse(state.slot())
                : state.slot();
        Published known = new Published(
                Math.max(row.revision(), outputs.revision()),
                outputs.decision(),
                warnings(row.warnings(), outputs.warnings()),
                outputs.signals());
        return new EnvironmentState(state.facts(), slot, known, state.series(), state.timer());
    }

    /// Whether it was ever published that the environment did not get a slot. Other environments are enabled
    /// since the start of their series (R14), even if an earlier application becomes known.
    private static boolean hasWaited(Published outputs) {
        return outputs.warnings().keySet().stream().anyMatch(WAITING::contains);
    }

    /// A record does not contain what a later update is compared with. The row does, if it belongs
    /// to that record.
    private static SortedMap<WarningCode, Optional<Incident>> warnings(
            SortedMap<WarningCode, Optional<Incident>> row, SortedMap<WarningCode, Optional<Incident>> outputs) {
        SortedMap<WarningCode, Optional<Incident>> known = new TreeMap<>(outputs);
        known.replaceAll((code, standing) -> standing.map(published -> row.getOrDefault(code, Optional.empty())
                .filter(stored -> stored.isOfTheRecordOf(published))
                .orElse(published)));
        return known;
    }
}
