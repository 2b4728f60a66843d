package io.keyward.cli.simulate;

import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.domain.Explanation;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.Instants;
import io.keyward.topology.Bounds;
import io.keyward.topology.FanOutLimits;
import io.keyward.topology.Flow;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.read.DryRun;
import io.keyward.topology.read.OutputRecord;
import io.keyward.topology.store.DeadlineStore;
import io.keyward.topology.store.Nodes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/// The processors of the topology in this process, on one partition, with their state in memory and without a
/// broker: events go in one by one, and what each one causes comes out. For one thread.
public final class Simulation {
    private final InstantSource clock;
    private final DryRun dryRun;
    private final Map<String, KeyValueStore<Bytes, byte[]>> stores = new HashMap<>();
    /// The number of records in each topic.
    private final Map<Topic, Long> records = new EnumMap<>(Topic.class);

    /// @param limits the limits of the processor; only those on the times of events matter
    /// @param clock that decides whether an event without a record timestamp lies in the future
    public Simulation(TopicNames names, RuleProfile profile, Bounds limits, InstantSource clock) {
        this.clock = clock;
        // Without transactions, the fan-out of an event need not be split into batches.
        Bounds bounds = limits.withFanOut(FanOutLimits.unbounded());
        this.dryRun = new DryRun(new Flow(names, 1, profile, bounds, () -> Instant.EPOCH), (store, _) -> store(store));
    }

    /// Returns a store that holds the rows of all tenants.
    private KeyValueStore<Bytes, byte[]> store(String name) {
        return stores.computeIfAbsent(
                name, _ -> Stores.inMemoryKeyValueStore(name).get());
    }

    /// Processes an event as a record of its topic, and returns its outputs in the order of publication.
    List<SimulatedOutput> decide(EventLine event) {
        return decide(event, recordTime(event));
    }

    /// Advances the time to the next deadline up to `until`, and returns the outputs that this causes (R25); empty
    /// if there is no further deadline by then.
    Optional<List<SimulatedOutput>> nextDue(Instant until) {
        return new DeadlineStore(store(Nodes.DEADLINES))
                .dueBy(until, 1).stream()
                        .findFirst()
                        .map(due -> decide(
                                EventLine.of(new Event.TimeReached(due.tenant(), due.at()), "keyward"), due.at()));
    }

    private List<SimulatedOutput> decide(EventLine event, Instant recordTime) {
        long offset = records.merge(event.topic(), 1L, Long::sum) - 1;
        return switch (dryRun.decide(event, recordTime, 0, offset)) {
            case DryRun.Outcome.Refused(OutputRecord.Refused deadLetter) ->
                List.of(new SimulatedOutput(deadLetter, List::of));
            case DryRun.Outcome.Decided decided ->
                decided.outputs().stream().map(Simulation::output).toList();
        };
    }

    private static SimulatedOutput output(DryRun.Output output) {
        boolean decision = output.publication() instanceof Publication.OfDecision;
        return new SimulatedOutput(output.record(), decision ? output.why() : List::of);
    }

    /// Returns the timestamp of the record: that of the line or the time of the event, but not later than now.
    private Instant recordTime(EventLine event) {
        Instant now = clock.instant();
        return event.timestamp()
                .or(() -> event.occurredAt().map(time -> Instants.min(time, now)))
                .filter(time -> !time.isBefore(Instant.EPOCH))
                .orElse(Instant.EPOCH);
    }

    /// An output of a simulation and, on demand, the explanation of a decision.
    record SimulatedOutput(OutputRecord output, Supplier<List<Explanation>> why) {}
}
