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

/// Makes the stores consistent that were restored from copies of the changelogs, each of which may end at another
/// moment than the others and than the copies of the outputs (docs/recovery.md).
///
/// Facts are kept as they are. What was published is what the outputs hold, and rows that repeat facts are built anew.
/// Doing so twice changes nothing. For the tasks of one application, on many threads.
public final class RestoredState {
    private static final int CHUNK = 1_000;

    /// What an environment is told while it is under a policy and has no slot (R8, R11).
    private static final Set<WarningCode> WAITING =
            EnumSet.of(WarningCode.ENVIRONMENT_LIMIT_EXCEEDED, WarningCode.ENVIRONMENT_NOT_ELIGIBLE);

    private final IntFunction<StandingOutputs> outputs;
    private final Set<Integer> concerned;
    private final Set<Integer> wrong;
    private final Set<Integer> done = ConcurrentHashMap.newKeySet();
    private final Set<String> unknown = new ConcurrentSkipListSet<>();
    private final Map<StandingOutputs.EventOf, Cause> unread = new ConcurrentHashMap<>();

    /// @param outputs what stands published of the tenants whose events are on a partition of the inputs
    /// @param concerned the partitions that are made consistent; the others are left as they are
    /// @param wrong the partitions whose rows are not to be believed: they are deleted, and decided from the inputs
    public RestoredState(IntFunction<StandingOutputs> outputs, Set<Integer> concerned, Set<Integer> wrong) {
        this.outputs = outputs;
        this.concerned = Set.copyOf(concerned);
        this.wrong = Set.copyOf(wrong);
    }

    /// Whether all partitions are consistent.
    public boolean isDone() {
        return done.containsAll(concerned);
    }

    /// The environments that are published although no fact about them is known, as `tenant/environment`: their events
    /// must be sent again.
    public Set<String> unknown() {
        return Set.copyOf(unknown);
    }

    /// The events that new decisions rest on and that have not been read again: they were lost, and must be sent again.
    /// One line for each, in order.
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

    /// An event has been read.
    void read(Event event) {
        unread.remove(new StandingOutputs.EventOf(
                event.tenantId(), event.stamp().eventId().value()));
        if (event instanceof Event.OfEnvironment named) {
            unknown.remove(named.tenantId() + "/" + named.environmentId());
        }
    }

    /// Makes the rows of a partition consistent, unless that has been done or they do not matter.
    ///
    /// @param trigger the cause of what must be decided later because of it
    void mend(int partition, TaskStores stores, DerivedRows derived, Trigger trigger) {
        if (done.contains(partition) || !concerned.contains(partition)) {
            return;
        }
        if (wrong.contains(partition)) {
            derived.forgetAll();
        }
        StandingOutputs standing = outputs.apply(partition);
        unread.putAll(standing.causes());
        Map<FanOut.Address, Published> rest = new HashMap<>(standing.environments());
        Optional<FanOut.Address> last = Optional.empty();
        do {
            List<FanOut.Address> some = stores.environments().listAfter(last, CHUNK);
            some.forEach(address -> mend(
                    stores.environments(),
                    address,
                    Optional.ofNullable(rest.remove(address)).orElse(Published.NOTHING)));
            last = some.isEmpty() ? Optional.empty() : Optional.of(some.getLast());
        } while (last.isPresent());
        rest.forEach((address, published) -> mend(stores.environments(), address, published));
        derived.rebuild(standing.limits())
                .forEach(tenant -> stores.fanOuts().add(PendingFanOut.start(new FanOut.OfQueue(tenant), trigger)));
        done.add(partition);
    }

    /// Whether readers still see something. Of what was purged, only the revision is known.
    private static boolean stands(Published published) {
        return published.decision().isPresent()
                || !published.warnings().isEmpty()
                || !published.signals().isEmpty();
    }

    private void mend(EnvironmentStore environments, FanOut.Address address, Published published) {
        EnvironmentState before = environments.get(address.tenantId(), address.environmentId());
        EnvironmentState after = known(before, published);
        if (!after.equals(before)) {
            environments.put(address.tenantId(), address.environmentId(), after);
        }
        // A recovery before this one may have left a row that only says what is published.
        if (stands(published) && before.facts().equals(EnvironmentFacts.NONE)) {
            unknown.add(address.tenantId() + "/" + address.environmentId());
        }
    }

    /// The state with what readers know. An environment that was published as enabled holds a slot.
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

    /// Whether it was ever published that the environment could not have a slot. Others are enabled since their series
    /// began (R14), even if an earlier application becomes known.
    private static boolean hasWaited(Published outputs) {
        return outputs.warnings().keySet().stream().anyMatch(WAITING::contains);
    }

    /// A record does not say what makes an update; a row does, if it is of that record.
    private static SortedMap<WarningCode, Optional<Incident>> warnings(
            SortedMap<WarningCode, Optional<Incident>> row, SortedMap<WarningCode, Optional<Incident>> outputs) {
        SortedMap<WarningCode, Optional<Incident>> known = new TreeMap<>(outputs);
        known.replaceAll((code, standing) -> standing.map(told -> row.getOrDefault(code, Optional.empty())
                .filter(stored -> stored.isOfTheRecordOf(told))
                .orElse(told)));
        return known;
    }
}
